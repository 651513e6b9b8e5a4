import { requirement, serviceUrl } from '@crema/check';
import { closeTestSubgraphs, createTestSubgraph, type TestSubgraph } from '@crema/kit/testing';
import { OrderPlaced, OrderRefundDue } from '@crema/schema/events';
import { orders } from '../src/subgraph.ts';
import { latte, type Json, type PayloadJson } from './order-json.ts';
import { ann, ASTORIA, manager } from './people.ts';
import { createTestOrders } from './support.ts';

const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id } userErrors { code field } } }`;
const REFUND = `mutation ($input: RefundOrderInput!) {
  refundOrder(input: $input) { order { id } userErrors { code } } }`;

const payloadOf = async (asked: ReturnType<TestSubgraph['ask']>): Promise<PayloadJson> => {
  const { data, errors } = await asked;
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data as Json)[0] as PayloadJson;
};

/* A file has one writer at a time; what two processes do at once to one row shows on a server alone. */
for (const kind of ['postgres', 'mysql'] as const) {
  const server = serviceUrl(kind);

  requirement('services', server !== undefined)(
    `what two processes want at once on ${kind}`,
    () => {
      const before = process.env['CREMA_TEST_DATABASE'];

      beforeAll(() => {
        process.env['CREMA_TEST_DATABASE'] = server;
      });

      afterAll(() => {
        if (before === undefined) delete process.env['CREMA_TEST_DATABASE'];
        else process.env['CREMA_TEST_DATABASE'] = before;
      });

      afterEach(closeTestSubgraphs);

      it("is a slot's last place: one of a hundred has it, and nothing of the others stays", async () => {
        const env = { PICKUP_SLOT_CAPACITY: '1' };
        const shop = await createTestOrders({ isShared: true, env });
        const other = await createTestSubgraph(orders, { replicaOf: shop, env });
        const order = { cafeId: ASTORIA, lines: [latte()], pickupAt: '2026-03-02T16:00:00.000Z' };
        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, index) => {
            const input = { idempotencyKey: `last-${index}`, order };
            return payloadOf([shop, other][index % 2]!.ask(ann, PLACE, { input }));
          }),
        );
        expect(answers.flatMap(({ order: placed }) => placed ?? [])).toHaveLength(1);
        expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(
          Array.from({ length: 99 }, () => ({ code: 'SLOT_FULL', field: ['order', 'pickupAt'] })),
        );
        expect(await shop.published(OrderPlaced)).toHaveLength(1);
        expect((await shop.place()).order!.number).toBe('A-002');
      }, 120_000);

      it("is an order's money: fifty refunds, each key twice, give back no more than was paid", async () => {
        const shop = await createTestOrders({ isShared: true });
        const other = await createTestSubgraph(orders, { replicaOf: shop });
        const { id } = await shop.orderIn('COLLECTED', { lines: [latte(10)] });
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, index) => {
            const input = {
              idempotencyKey: `money-${index % 25}`,
              orderId: id,
              amount: { amount: '3.00', currencyCode: 'USD' },
              reason: 'It was cold.',
            };
            return payloadOf([shop, other][index % 2]!.ask(manager, REFUND, { input }));
          }),
        );
        // Of 40.83 paid, thirteen times 3.00 fit; who asked with a key that did is answered twice.
        expect(answers.filter(({ order }) => order)).toHaveLength(26);
        await shop.refund(id);
        const amounts = (await shop.published(OrderRefundDue)).map(({ data }) => data.amount.minor);
        expect(amounts).toHaveLength(14);
        expect(amounts.reduce((sum, minor) => sum + minor, 0)).toBe(4083);
      }, 120_000);
    },
  );
}
