import { ConfigError, type Caller, type Database } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { CafeChanged, ProductChanged } from '@crema/schema/events';
import { readConfig } from '../src/config.ts';
import { DEMO_PRODUCTS } from '../src/demo-menu.ts';
import { MenuCache } from '../src/services/menu-cache.ts';
import { OfferService } from '../src/services/offer-service.ts';
import { admin, ASTORIA, createTestMenu, productId, type MenuTest } from './support.ts';

afterEach(closeTestSubgraphs);

const LATTE = productId('latte');
const QUERY = `{ menu(cafeId: "${ASTORIA}") { sections { items { soldOut product { sku } } } } }`;

async function soldOutLattes(test: MenuTest): Promise<boolean> {
  const { menu } = await test.data<{
    menu: { sections: { items: { soldOut: boolean; product: { sku: string } }[] }[] };
  }>(null, QUERY);
  return menu.sections.flatMap(({ items }) => items).find(({ product }) => product.sku === 'latte')!
    .soldOut;
}

/** Somebody who may do anything: rights are tested elsewhere. */
const anybody = { requireAt: () => undefined, requireId: () => 'staff' } as unknown as Caller;

/** A second replica on the same database: its commits are news to the first. */
function replicaOf(test: MenuTest) {
  const database = test.running.database!;
  const menus = new MenuCache(database, test.clock, 500);
  return { menus, offers: new OfferService(database, menus, test.clock) };
}

function gateOf() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A database whose rows, once read, are on their way until the gate is opened. */
function slowlyReading(database: Database) {
  const read = gateOf();
  const gate = gateOf();
  const find = async (entity: EntityTarget<ObjectLiteral>) => {
    const rows = await database.read.find(entity);
    read.open();
    await gate.opened;
    return rows;
  };
  const slow = Object.create(database, {
    read: { value: { find } },
    hasRead: { value: read.opened },
  }) as Database & { hasRead: Promise<void> };
  return { database: slow, open: gate.open };
}

describe('the menu in memory', () => {
  it('shows what this process has written with the very next read', async () => {
    const test = await createTestMenu();
    for (const soldOut of [true, false, true]) {
      const mutation = `mutation { setSoldOut(cafeId: "${ASTORIA}", productId: "${LATTE}", soldOut: ${soldOut}) { userErrors { code } } }`;
      await test.data(admin, mutation);
      expect(await soldOutLattes(test)).toBe(soldOut);
    }
  });

  it('shows what another replica has written within a second', async () => {
    const test = await createTestMenu();
    expect(await soldOutLattes(test)).toBe(false);
    const replica = replicaOf(test);
    await replica.offers.setSoldOut(anybody, { cafeId: ASTORIA, productId: LATTE }, true);
    expect(await soldOutLattes(test)).toBe(false);
    test.clock.advance(500);
    expect(await soldOutLattes(test)).toBe(true);
  });

  it('is never older than a write that ended before the read began', async () => {
    const test = await createTestMenu();
    const { database, open } = slowlyReading(test.running.database!);
    const menus = new MenuCache(database, test.clock, 500);
    const offers = new OfferService(database, menus, test.clock);
    const early = menus.current();
    await database.hasRead;
    await offers.setSoldOut(anybody, { cafeId: ASTORIA, productId: LATTE }, true);
    const late = menus.current();
    open();
    await early;
    const items = (await late).menuOf(ASTORIA)!.sections.flatMap((section) => section.items);
    expect(items.find(({ product }) => product.id === LATTE)!.soldOut).toBe(true);
  });

  it('is read once for all who wait for it', async () => {
    const test = await createTestMenu();
    const { menus } = replicaOf(test);
    test.statements.length = 0;
    const snapshots = await Promise.all(Array.from({ length: 20 }, () => menus.current()));
    expect(new Set(snapshots).size).toBe(1);
    expect(test.statements.filter((sql) => sql.includes('"products"'))).toHaveLength(1);
  });

  it('tries again after a failed read', async () => {
    const test = await createTestMenu();
    const database = test.running.database!;
    let fails = true;
    const flaky: Database = Object.create(database, {
      findMany: {
        value: (...parameters: Parameters<Database['findMany']>) =>
          fails ? Promise.reject(new Error('gone')) : database.findMany(...parameters),
      },
    });
    const menus = new MenuCache(flaky, test.clock, 500);
    await expect(menus.current()).rejects.toThrow('gone');
    fails = false;
    expect((await menus.current()).listed).toHaveLength(DEMO_PRODUCTS.length);
  });

  it('can be told to ask before every read', async () => {
    const test = await createTestMenu({ env: { MENU_FRESH_MS: '0' } });
    await soldOutLattes(test);
    await replicaOf(test).offers.setSoldOut(anybody, { cafeId: ASTORIA, productId: LATTE }, true);
    expect(await soldOutLattes(test)).toBe(true);
  });

  it('knows a new café as soon as it is told of it, once', async () => {
    const test = await createTestMenu();
    const query = '{ menu(cafeId: "new") { cafe { id } sections { category { name } } } }';
    expect(await test.data(null, query)).toEqual({ menu: null });
    const cafe = {
      slug: 'new',
      name: 'New',
      timeZone: 'UTC',
      currency: 'USD',
      taxRate: '0',
      openingHours: [],
      specialHours: [],
      orderingPausedReason: null,
    };
    await test.tell(CafeChanged, 'new', cafe);
    await test.tell(CafeChanged, 'new', { ...cafe, orderingPausedReason: 'No milk' });
    expect(await test.data(null, query)).toMatchObject({ menu: { cafe: { id: 'new' } } });
  });
});

describe('the configuration', () => {
  it('has a default, and refuses what would make the menu too old', () => {
    expect(readConfig({})).toEqual({ MENU_FRESH_MS: 500 });
    for (const value of ['1001', '-1', 'soon']) {
      expect(() => readConfig({ MENU_FRESH_MS: value })).toThrow(ConfigError);
    }
  });
});

describe('the demo', () => {
  it('is loaded once, and everything is told', async () => {
    const test = await createTestMenu();
    await test.running.subgraph.loadDemo!();
    const facts = await test.published(ProductChanged);
    expect(facts).toHaveLength(53);
    const latte = facts.find(({ key }) => key === LATTE)!;
    expect(latte.data).toMatchObject({
      sku: 'latte',
      price: { minor: 375, currency: 'USD' },
      category: { name: 'Coffee' },
    });
    for (const { data } of facts) {
      for (const { min, max, options } of data.optionGroups) {
        expect(min).toBeLessThanOrEqual(max);
        expect(max).toBeLessThanOrEqual(options.length);
        const defaults = options.filter(({ isDefault }) => isDefault).length;
        expect(defaults).toBeGreaterThanOrEqual(min);
        expect(defaults).toBeLessThanOrEqual(max);
      }
    }
  });

  it('leaves alone what somebody has changed', async () => {
    const test = await createTestMenu();
    await test.data(
      admin,
      `mutation { updateProduct(id: "${LATTE}", input: { name: "Our Latte" }) { userErrors { code } } }`,
    );
    await test.running.subgraph.loadDemo!();
    expect(await test.data(null, `{ product(id: "${LATTE}") { name } }`)).toEqual({
      product: { name: 'Our Latte' },
    });
  });
});
