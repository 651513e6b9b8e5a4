import { CafeChanged, ProductChanged } from '@crema/schema/events';
import { closeTestSubgraphs, createTestSubgraph } from '@crema/kit/testing';
import { CatalogueVersion, MenuPrice } from '../src/entities/read-models.ts';
import { orders } from '../src/subgraph.ts';
import { cafeFact, croissantFact, latteFact, usd } from './menu.ts';
import { latte, type Json } from './order-json.ts';
import { ASTORIA, HARLEM } from './people.ts';
import { createTestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const SUNDAY_MIDNIGHT = '2026-03-08T05:00:00.000Z';

describe('quoting an order', () => {
  const codesOf = async (shop: Awaited<ReturnType<typeof createTestOrders>>, order: Json) =>
    (await shop.quote(order)).userErrors.map(({ code, field }) => `${code} ${field?.join('.')}`);

  it('tells everybody prices, tax and total', async () => {
    const shop = await createTestOrders();
    expect(
      await shop.quote({
        lines: [latte(2, ['large', 'oat', 'shot']), { productId: 'croissant', quantity: 3 }],
        tip: { amount: '2', currencyCode: 'USD' },
      }),
    ).toMatchObject({
      lines: [
        {
          quantity: 2,
          unitPrice: { amount: '5.90' },
          total: { amount: '11.80' },
          product: { id: 'latte' },
        },
        { quantity: 3, unitPrice: { amount: '3.50' }, total: { amount: '10.50' } },
      ],
      subtotal: { amount: '22.30', currencyCode: 'USD' },
      tax: { amount: '1.98' },
      tip: { amount: '2.00' },
      total: { amount: '26.28' },
      userErrors: [],
    });
  });

  it('rounds the tax half to even, once per order', async () => {
    const shop = await createTestOrders();
    await shop.tell(CafeChanged, ASTORIA, cafeFact({ taxRate: '5' }));
    const taxOf = async (price: number) => {
      await shop.offer('croissant', { price });
      const { tax } = await shop.quote({ lines: [{ productId: 'croissant', quantity: 1 }] });
      return (tax as Json)['amount'];
    };
    expect([await taxOf(110), await taxOf(130), await taxOf(150), await taxOf(151)]).toEqual([
      '0.06',
      '0.06',
      '0.08',
      '0.08',
    ]);
  });

  it("follows the café's own price, what is sold out and what is archived", async () => {
    const shop = await createTestOrders();
    const croissant = { lines: [{ productId: 'croissant', quantity: 1 }] };
    await shop.offer('croissant', { price: 325 });
    expect(await shop.quote(croissant)).toMatchObject({ subtotal: { amount: '3.25' } });
    expect(await shop.quote({ ...croissant, cafeId: HARLEM })).toMatchObject({
      subtotal: { amount: '3.50' },
    });
    await shop.offer('croissant', { soldOut: true });
    expect(await codesOf(shop, croissant)).toEqual(['SOLD_OUT lines.0.productId']);
    expect(await codesOf(shop, { ...croissant, cafeId: HARLEM })).toEqual([]);
    await shop.tell(ProductChanged, 'croissant', croissantFact({ archived: true }));
    expect(await codesOf(shop, croissant)).toEqual(['PRODUCT_UNAVAILABLE lines.0.productId']);
    await shop.tell(
      ProductChanged,
      'croissant',
      croissantFact({ price: { minor: 300, currency: 'EUR' } }),
    );
    expect(await codesOf(shop, { ...croissant, cafeId: HARLEM })).toEqual([
      'PRODUCT_UNAVAILABLE lines.0.productId',
    ]);
  });

  it('checks options against their groups', async () => {
    const shop = await createTestOrders();
    const chosen = (...optionIds: string[]) => codesOf(shop, { lines: [latte(1, optionIds)] });
    const wrong = 'INVALID_OPTIONS lines.0.optionIds';
    expect(await chosen()).toEqual([]);
    expect(await chosen('large', 'oat', 'shot', 'vanilla')).toEqual([]);
    expect(await chosen('large', 'regular')).toEqual([wrong]);
    expect(await chosen('shot', 'shot')).toEqual([wrong]);
    expect(await chosen('nonsense')).toEqual([wrong]);
    expect(await chosen('large', 'regular', 'oat', 'whole', 'nonsense')).toEqual([
      wrong,
      wrong,
      wrong,
    ]);
    const [size, milk, extras] = latteFact().optionGroups;
    const undecided = {
      ...size!,
      options: size!.options.map((each) => ({ ...each, isDefault: false })),
    };
    await shop.tell(
      ProductChanged,
      'latte',
      latteFact({ optionGroups: [undecided, milk!, extras!] }),
    );
    expect(await chosen()).toEqual([wrong]);
    expect(await chosen('large')).toEqual([]);
  });

  it('checks quantities, lines, notes and tip', async () => {
    const shop = await createTestOrders();
    expect(await codesOf(shop, { lines: [] })).toEqual(['INVALID_INPUT lines']);
    expect(await codesOf(shop, { lines: Array.from({ length: 101 }, () => latte()) })).toEqual([
      'INVALID_INPUT lines',
    ]);
    expect(await codesOf(shop, { lines: Array.from({ length: 100 }, () => latte()) })).toEqual([]);
    expect(
      await codesOf(shop, {
        lines: [latte(51), latte(-1), { ...latte(50), note: 'x'.repeat(201) }],
        note: 'x'.repeat(201),
        tip: { amount: '-1', currencyCode: 'USD' },
      }),
    ).toEqual([
      'INVALID_INPUT note',
      'INVALID_AMOUNT tip.amount',
      'INVALID_INPUT lines.0.quantity',
      'INVALID_INPUT lines.1.quantity',
      'INVALID_INPUT lines.2.note',
    ]);
    expect(
      await codesOf(shop, { lines: [latte()], tip: { amount: '500.00', currencyCode: 'USD' } }),
    ).toEqual([]);
    expect(
      await codesOf(shop, { lines: [latte()], tip: { amount: '500.01', currencyCode: 'USD' } }),
    ).toEqual(['INVALID_AMOUNT tip.amount']);
    expect(
      await codesOf(shop, { lines: [latte()], tip: { amount: '1', currencyCode: 'EUR' } }),
    ).toEqual(['CURRENCY_MISMATCH tip.currencyCode']);
  });

  it('needs a café that is known, open and takes orders', async () => {
    const shop = await createTestOrders();
    expect(await codesOf(shop, { cafeId: 'nowhere', lines: [latte()] })).toEqual([
      'NOT_FOUND cafeId',
    ]);
    await shop.tell(CafeChanged, ASTORIA, cafeFact({ orderingPausedReason: 'No water.' }));
    const paused = await shop.quote({ lines: [latte()] });
    expect(paused.userErrors).toEqual([
      {
        code: 'CAFE_CLOSED',
        field: ['cafeId'],
        message: 'Crema Astoria takes no orders at the moment: No water.',
      },
    ]);
    await shop.tell(CafeChanged, ASTORIA, cafeFact());
    expect(await codesOf(shop, { lines: [latte()] })).toEqual([]);
    shop.clock.advance(9 * 3_600_000 - 1);
    expect(await codesOf(shop, { lines: [latte()] })).toEqual([]);
    shop.clock.advance(1);
    expect(await codesOf(shop, { lines: [latte()] })).toEqual(['CAFE_CLOSED cafeId']);
    await shop.tell(
      CafeChanged,
      ASTORIA,
      cafeFact({ specialHours: [{ date: '2026-03-02', opens: '07:00', closes: '23:00' }] }),
    );
    expect(await codesOf(shop, { lines: [latte()] })).toEqual([]);
  });

  it('needs a pickup time in opening hours of the next days', async () => {
    const shop = await createTestOrders();
    const at = (pickupAt: string) => codesOf(shop, { lines: [latte()], pickupAt });
    expect(await at('2026-03-02T15:00:00.000Z')).toEqual(['INVALID_INPUT pickupAt']);
    expect(await at('2026-03-02T15:00:01.000Z')).toEqual([]);
    expect(await at('2026-03-03T00:30:00.000Z')).toEqual(['CAFE_CLOSED pickupAt']);
    expect(await at('2026-03-09T15:00:00.000Z')).toEqual([]);
    expect(await at('2026-03-09T15:00:00.001Z')).toEqual(['INVALID_INPUT pickupAt']);
    // Ordering ahead goes on at night.
    shop.clock.advance(12 * 3_600_000);
    expect(await at('2026-03-03T15:00:00.000Z')).toEqual([]);
    expect(await at(SUNDAY_MIDNIGHT)).toEqual(['CAFE_CLOSED pickupAt']);
  });

  it('names everything that is wrong at once', async () => {
    const shop = await createTestOrders();
    expect(
      await codesOf(shop, {
        cafeId: 'nowhere',
        pickupAt: '2020-01-01T00:00:00.000Z',
        lines: [latte(0, ['nonsense']), { productId: 'nope', quantity: 99 }],
      }),
    ).toEqual([
      'NOT_FOUND cafeId',
      'INVALID_INPUT pickupAt',
      'INVALID_INPUT lines.0.quantity',
      'INVALID_OPTIONS lines.0.optionIds',
      'INVALID_INPUT lines.1.quantity',
      'NOT_FOUND lines.1.productId',
    ]);
  });

  it('costs no statement', async () => {
    const shop = await createTestOrders();
    const query =
      'query ($i: OrderInput!) { quoteOrder(input: $i) { total { amount } userErrors { code } } }';
    const input = {
      i: { cafeId: ASTORIA, lines: [latte(), { productId: 'croissant', quantity: 1 }] },
    };
    await shop.data(null, query, input);
    shop.statements.length = 0;
    await shop.data(null, query, input);
    expect(shop.statements).toEqual([]);
  });

  it('learns the first facts of all together at once', async () => {
    const shop = await createTestSubgraph(orders);
    shop.statements.length = 0;
    const products = Array.from({ length: 20 }, (_, index) => `product-${index}`);
    await Promise.all(products.map((id) => shop.tell(ProductChanged, id, latteFact())));
    const versions = shop.statements.filter((sql) => /^INSERT INTO .catalogue_versions/.test(sql));
    // On a server several partitions may be first, but nobody writes the one row twice in one breath.
    expect(versions.filter((sql) => /\), \(/.test(sql))).toEqual([]);
    expect(versions).not.toEqual([]);
  });

  it('follows what other replicas have learnt within half a second', async () => {
    const shop = await createTestOrders();
    const { database } = shop.running;
    await shop.quote({ lines: [latte()] });
    // Another replica's transaction: this process is told nothing.
    await database!.transaction(async (tx) => {
      const [row] = await (await tx.direct()).find(CatalogueVersion);
      const version = row!.version + 1;
      tx.update(CatalogueVersion, row!.id, { version });
      tx.update(MenuPrice, 'latte', { fact: latteFact({ price: usd(500) }), version });
    });
    expect(await shop.quote({ lines: [latte()] })).toMatchObject({ subtotal: { amount: '3.75' } });
    shop.clock.advance(500);
    expect(await shop.quote({ lines: [latte()] })).toMatchObject({ subtotal: { amount: '5.00' } });
    await shop.tell(ProductChanged, 'latte', latteFact({ price: usd(600) }));
    expect(await shop.quote({ lines: [latte()] })).toMatchObject({ subtotal: { amount: '6.00' } });
  });
});
