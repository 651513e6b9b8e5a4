import { closeTestSubgraphs } from '@crema/kit/testing';
import { StockRefused, StockReserved } from '@crema/schema/events';
import { canBecome, Reservation, type ReservationStatus } from '../src/entities/reservation.ts';
import { createTestInventory, withLatte, type TestInventory } from './support.ts';

afterEach(closeTestSubgraphs);

const LATTE = [{ product: 'latte', options: ['milk-whole'] }];

describe('a placed order', () => {
  let shop: TestInventory;
  let beans: string;
  let whole: string;
  let oat: string;

  beforeEach(async () => {
    shop = await createTestInventory();
    ({ beans, whole, oat } = await withLatte(shop));
  });

  const stockUp = async (quantity = '10000') => {
    for (const ingredient of [beans, whole, oat]) await shop.receive(ingredient, quantity);
  };
  const reservedOf = async (ingredient: string) => (await shop.level(ingredient)).reserved;
  const statusOf = async (orderId: string) =>
    (await shop.test.running.database!.findMany(Reservation, [orderId]))[0]?.status;

  it('sets aside what its lines take, by option and quantity', async () => {
    await stockUp();
    await shop.place('order', [
      { product: 'latte', options: ['milk-oat', 'shot', 'shot'], quantity: 2 },
      { product: 'latte', options: ['milk-whole'] },
      { product: 'gift-card' },
    ]);
    expect(await reservedOf(beans)).toBe('90');
    expect(await reservedOf(oat)).toBe('480');
    expect(await reservedOf(whole)).toBe('240');
    expect(await shop.level(beans)).toMatchObject({ onHand: '10000', available: '9910' });
    expect(await shop.test.published(StockReserved)).toMatchObject([
      { key: 'order', data: { cafeId: 'cafe-1' } },
    ]);
  });

  it('gets all or nothing, and is told by name what is missing', async () => {
    await shop.receive(beans, '1000');
    await shop.place('order', LATTE);
    expect(await reservedOf(beans)).toBe('0');
    expect(await shop.test.published(StockReserved)).toEqual([]);
    expect(await shop.test.published(StockRefused)).toMatchObject([
      {
        key: 'order',
        data: { cafeId: 'cafe-1', missing: [{ ingredientId: whole, name: 'Whole milk' }] },
      },
    ]);
  });

  it('is refused when its lines together take more than there is', async () => {
    await shop.receive(beans, '1000');
    await shop.receive(whole, '479.999');
    await shop.place('order', [...LATTE, ...LATTE]);
    expect(await shop.test.published(StockRefused)).toHaveLength(1);
    await shop.receive(whole, '0.001');
    await shop.place('other', [...LATTE, ...LATTE]);
    expect(await shop.test.published(StockReserved)).toMatchObject([{ key: 'other' }]);
  });

  it('is reserved when it takes nothing', async () => {
    await shop.place('order', [{ product: 'gift-card' }]);
    expect(await shop.test.published(StockReserved)).toHaveLength(1);
    await shop.prepare('order');
    expect(await shop.movements()).toEqual([]);
    expect(await statusOf('order')).toBe('CONSUMED');
  });

  it('uses up what it holds when it is prepared', async () => {
    await stockUp();
    await shop.place('order', LATTE);
    await shop.prepare('order');
    expect(await shop.level(beans)).toMatchObject({ onHand: '9982', reserved: '0' });
    const consumed = (await shop.movements()).filter(({ kind }) => kind === 'CONSUMED');
    expect(consumed).toHaveLength(2);
    expect(consumed).toContainEqual(
      expect.objectContaining({
        quantity: '-240',
        order: { id: 'order' },
        actor: null,
        reason: null,
      }),
    );
    await shop.closeOrder('order');
    expect(await shop.level(beans)).toMatchObject({ onHand: '9982', reserved: '0' });
    expect(await shop.verify()).toEqual([]);
  });

  it('gives back what it holds when it ends early, without a movement', async () => {
    await stockUp();
    await shop.place('order', LATTE);
    await shop.closeOrder('order');
    expect(await shop.level(beans)).toMatchObject({ onHand: '10000', reserved: '0' });
    expect(await shop.movements()).toHaveLength(3);
    await shop.prepare('order');
    expect(await shop.level(beans)).toMatchObject({ onHand: '10000' });
  });

  it('keeps what it took when the recipe changes meanwhile', async () => {
    await stockUp();
    await shop.place('order', LATTE);
    await shop.setRecipe('latte', [{ ingredientId: beans, quantity: '1' }]);
    await shop.place('next', LATTE);
    expect(await reservedOf(beans)).toBe('19');
    await shop.prepare('order');
    expect(await shop.level(beans)).toMatchObject({ onHand: '9982', reserved: '1' });
  });

  it('takes nothing when its end arrives first', async () => {
    await stockUp();
    await shop.closeOrder('order');
    await shop.place('order', LATTE);
    expect(await reservedOf(beans)).toBe('0');
    expect(await shop.test.published(StockReserved)).toEqual([]);
  });

  it('is not tried again once it was refused', async () => {
    await shop.place('order', LATTE);
    await stockUp();
    await shop.place('order', LATTE);
    expect(await reservedOf(beans)).toBe('0');
    expect(await shop.test.published(StockReserved)).toEqual([]);
    expect(await shop.test.published(StockRefused)).toHaveLength(1);
  });

  const FACTS = ['place', 'prepare', 'closeOrder'] as const;
  type Fact = (typeof FACTS)[number];

  /** How an order comes into each state, and what each fact makes of it there. */
  const TABLE: Record<ReservationStatus | 'NONE', { path: Fact[]; next: Record<Fact, string> }> = {
    NONE: { path: [], next: { place: 'HELD', prepare: 'NONE', closeOrder: 'RELEASED' } },
    HELD: { path: ['place'], next: { place: 'HELD', prepare: 'CONSUMED', closeOrder: 'RELEASED' } },
    CONSUMED: {
      path: ['place', 'prepare'],
      next: { place: 'CONSUMED', prepare: 'CONSUMED', closeOrder: 'CONSUMED' },
    },
    RELEASED: {
      path: ['place', 'closeOrder'],
      next: { place: 'RELEASED', prepare: 'RELEASED', closeOrder: 'RELEASED' },
    },
    REFUSED: {
      path: ['place'],
      next: { place: 'REFUSED', prepare: 'REFUSED', closeOrder: 'REFUSED' },
    },
  };
  const CASES = Object.entries(TABLE).flatMap(([from, { path, next }]) =>
    FACTS.map((fact) => ({ from, path, fact, to: next[fact] })),
  );

  it.each(CASES)('$from and $fact is $to', async ({ from, path, fact, to }) => {
    if (from !== 'REFUSED') await stockUp('1000');
    const tell = (each: Fact) =>
      each === 'place' ? shop.place('order', LATTE) : shop[each]('order');
    for (const each of path) await tell(each);
    expect((await statusOf('order')) ?? 'NONE').toBe(from);
    const before = await shop.stock();
    if (from === 'REFUSED') await stockUp('1000');
    const stocked = await shop.stock();

    await tell(fact);

    expect((await statusOf('order')) ?? 'NONE').toBe(to);
    if (from === to) expect(await shop.stock()).toEqual(stocked);
    if (from !== 'NONE' && from !== to) {
      expect(canBecome(from as ReservationStatus, to as ReservationStatus)).toBe(true);
      expect(await shop.stock()).not.toEqual(before);
    }
    expect(await shop.verify()).toEqual([]);
  });
});

describe('the last portion', () => {
  it('goes to exactly one of fifty orders', async () => {
    const shop = await createTestInventory();
    const { beans, whole } = await withLatte(shop);
    await shop.receive(beans, '1000');
    await shop.receive(whole, '240');

    await shop.placeTogether(
      Array.from({ length: 50 }, (_, n) => `order-${n}`),
      LATTE,
    );

    expect(await shop.test.published(StockReserved)).toHaveLength(1);
    expect(await shop.test.published(StockRefused)).toHaveLength(49);
    expect(await shop.level(whole)).toMatchObject({
      onHand: '240',
      reserved: '240',
      available: '0',
    });
    expect(await shop.level(beans)).toMatchObject({ onHand: '1000', reserved: '18' });
    expect(await shop.verify()).toEqual([]);
  });

  it('costs few statements an order, however many orders come together', async () => {
    const shop = await createTestInventory();
    const { beans, whole } = await withLatte(shop);
    await shop.receive(beans, '100000');
    await shop.receive(whole, '100000');
    const orders = Array.from({ length: 100 }, (_, n) => `order-${n}`);
    await shop.placeTogether(['first'], LATTE);
    shop.test.statements.length = 0;
    await shop.placeTogether(orders, LATTE);
    // Every statement of the database counts: inbox, outbox and transactions too.
    expect(shop.test.statements.length / orders.length).toBeLessThan(5);
    expect(await shop.level(beans)).toMatchObject({ reserved: String(18 * 101) });
  });
});

describe('a count below what is reserved', () => {
  it('leaves nothing available; orders use what there is, and never more', async () => {
    const shop = await createTestInventory();
    const { beans, whole } = await withLatte(shop);
    await shop.receive(beans, '1000');
    await shop.receive(whole, '1000');
    for (const order of ['one', 'two', 'three']) await shop.place(order, LATTE);

    const { stockLevel } = await shop.count(whole, '300');
    expect(stockLevel).toMatchObject({
      onHand: '300',
      reserved: '720',
      available: '0',
      isLow: true,
    });
    expect(await shop.availability('latte')).toEqual({ available: false, portionsLeft: 0 });
    await shop.place('four', LATTE);
    expect(await shop.test.published(StockRefused)).toMatchObject([{ key: 'four' }]);
    expect((await shop.waste(whole, '1')).userErrors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK' },
    ]);

    await shop.prepare('one');
    expect(await shop.level(whole)).toMatchObject({ onHand: '60', reserved: '480' });
    await shop.prepare('two');
    expect(await shop.level(whole)).toMatchObject({ onHand: '0', reserved: '240' });
    const [short] = (await shop.movements('cafe-1', whole)).slice(0, 1);
    expect(short).toMatchObject({
      quantity: '-60',
      reason: expect.stringContaining('Less was on hand'),
    });
    await shop.receive(whole, '250');
    expect(await shop.level(whole)).toMatchObject({ onHand: '250', available: '10' });
    await shop.prepare('three');
    expect(await shop.level(whole)).toMatchObject({ onHand: '10', reserved: '0' });
    expect(await shop.verify()).toEqual([]);
  });
});
