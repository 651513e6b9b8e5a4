import { CafeChanged, OrderClosed, OrderConfirmed, OrderPlaced } from '@crema/schema/events';
import { closeTestSubgraphs, runs } from '@crema/kit/testing';
import fc from 'fast-check';
import { OrderChange } from '../src/entities/order-change.ts';
import { OrderRefund } from '../src/entities/order-refund.ts';
import { Order } from '../src/entities/order.ts';
import { isFinal, ORDER_LIFE } from '../src/services/order-life.ts';
import { cafeFact } from './menu.ts';
import { minorOf } from './order-json.ts';
import { ann, ASTORIA } from './people.ts';
import { createTestOrders, type TestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const alwaysOpen = cafeFact().openingHours.map(({ day }) => ({
  day,
  opens: '00:00',
  closes: '00:00',
}));

const MUTATIONS = [
  'startPreparing',
  'markReady',
  'markCollected',
  'recallOrder',
  'rejectOrder',
] as const;

/** What may happen, in any order, sensible or not. `which` is one of the run's orders. */
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constantFrom('reserved', 'captured'), which: fc.nat(2) }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom(...MUTATIONS), which: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom(
        'refusedStock',
        'refusedPayment',
        'refunded',
        'cancelOrder',
        'refundOrder',
        'again',
      ),
      which: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom('seconds', 'hours'), which: fc.nat(2) }),
  },
);

type Happening = { what: string; which: number };
type Run = { ids: string[]; told: (() => Promise<unknown>)[] };

async function happen(
  shop: TestOrders,
  { ids, told }: Run,
  { what, which }: Happening,
): Promise<void> {
  const id = ids[which]!;
  const total = minorOf((await shop.see(id)).total.amount);
  const tell = async (fact: (eventId: string) => Promise<unknown>) => {
    const eventId = shop.ids.next();
    told.push(() => fact(eventId));
    await fact(eventId);
  };
  switch (what) {
    case 'reserved':
      return tell((eventId) => shop.reserved(id, eventId));
    case 'captured':
      return tell((eventId) => shop.captured(id, total, eventId));
    case 'refusedStock':
      return tell((eventId) => shop.refusedStock(id, ['oat milk'], eventId));
    case 'refusedPayment':
      return tell((eventId) => shop.refusedPayment(id, eventId));
    case 'refunded':
      return tell((eventId) => shop.refunded(id, total, null, eventId));
    case 'again':
      await told[which]?.();
      return;
    case 'seconds':
      return shop.pass(31_000);
    case 'hours':
      return shop.pass(61 * 60_000);
    case 'refundOrder':
      await shop.refund(id, { amount: { amount: '1.50', currencyCode: 'USD' } });
      return;
    default:
      await shop.act(what, id, what === 'cancelOrder' ? ann : undefined);
  }
}

const allowed = (from: string, to: string): boolean =>
  Object.values(ORDER_LIFE[from as keyof typeof ORDER_LIFE]).some((step) => step.to === to);

async function check(shop: TestOrders, id: string, before: Order | undefined): Promise<Order> {
  const [order] = await shop.running.database!.findMany(Order, [id]);
  const { status, version, paidMinor, refundDueMinor, refundedMinor, totalMinor } = order!;
  expect(order!.subtotalMinor + order!.taxMinor + order!.tipMinor).toBe(totalMinor);
  expect([0, totalMinor]).toContain(paidMinor);
  expect(refundedMinor).toBeGreaterThanOrEqual(0);
  expect(refundedMinor).toBeLessThanOrEqual(refundDueMinor);
  expect(refundDueMinor).toBeLessThanOrEqual(paidMinor);
  if (order!.closedReason && order!.closedReason !== 'NOT_COLLECTED')
    expect(refundDueMinor).toBe(paidMinor);
  expect(isFinal(status) && status !== 'COLLECTED').toBe(order!.closedReason !== null);
  expect(order!.queueAt !== null).toBe(['CONFIRMED', 'PREPARING', 'READY'].includes(status));
  expect(order!.dueAt !== null).toBe(['PLACED', 'RESERVED', 'READY'].includes(status));
  if (before) {
    expect(version).toBeGreaterThanOrEqual(before.version);
    if (status !== before.status) expect(allowed(before.status, status)).toBe(true);
    const { version: _, ...now } = order!;
    const { version: __, ...then } = before;
    if (version === before.version) expect(now).toEqual(then);
  }
  return order!;
}

async function checkHistory(shop: TestOrders, order: Order): Promise<void> {
  const { read } = shop.running.database!;
  const changes = await read.find(OrderChange, {
    where: { orderId: order.id },
    order: { position: 'ASC' },
  });
  expect(changes[0]).toMatchObject({ status: 'PLACED', previousStatus: null, version: 1 });
  expect(changes.at(-1)!.status).toBe(order.status);
  for (const [index, change] of changes.entries()) {
    if (index === 0) continue;
    expect(change.previousStatus).toBe(changes[index - 1]!.status);
    expect(change.version).toBeGreaterThan(changes[index - 1]!.version);
    expect(allowed(change.previousStatus!, change.status)).toBe(true);
  }
  const refunds = await read.find(OrderRefund, { where: { orderId: order.id } });
  const promised = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(promised).toBe(order.refundDueMinor);
}

describe('an order, whatever happens to it', () => {
  it('goes only where its life allows, keeps its money right and its history whole', async () => {
    const shop = await createTestOrders();
    // Around the clock, for runs that let hours pass.
    await shop.tell(CafeChanged, ASTORIA, cafeFact({ openingHours: alwaysOpen }));
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 22 }), async (happenings) => {
        const ids: string[] = [];
        for (let index = 0; index < 3; index++) ids.push((await shop.orderIn('PLACED')).id);
        const run: Run = { ids, told: [] };
        const known = new Map<string, Order>();
        for (const each of happenings) {
          await happen(shop, run, each);
          for (const id of ids) known.set(id, await check(shop, id, known.get(id)));
        }
        for (const order of known.values()) await checkHistory(shop, order);
      }),
      { numRuns: runs(25) },
    );

    const { read } = shop.running.database!;
    const positions = await read.find(OrderChange, {
      where: { cafeId: ASTORIA },
      order: { position: 'ASC' },
    });
    expect(positions.map(({ position }) => position)).toEqual(
      positions.map((_, index) => index + 1),
    );

    const orders = await read.find(Order);
    expect(await shop.published(OrderPlaced)).toHaveLength(orders.length);
    const closed = (await shop.published(OrderClosed)).map(({ key }) => key).sort();
    expect(closed).toEqual(
      orders
        .filter(({ closedReason }) => closedReason)
        .map(({ id }) => id)
        .sort(),
    );
    const confirmed = (await shop.published(OrderConfirmed)).map(({ key }) => key).sort();
    expect(confirmed).toEqual(
      orders
        .filter(({ confirmedAt }) => confirmedAt)
        .map(({ id }) => id)
        .sort(),
    );
  }, 180_000);
});
