import { requirement, serviceUrl } from '@crema/check';
import { closeTestSubgraphs, createTestSubgraph } from '@crema/kit/testing';
import { orders } from '../src/subgraph.ts';
import { type Json } from './order-json.ts';
import { ASTORIA, barista } from './people.ts';
import { createTestOrders, eventsOf } from './support.ts';

const CAFE = `subscription ($id: ID!) {
  cafeQueueChanged(cafeId: $id) { eventId status order { id } } }`;
const actionOf = (name: string) =>
  `mutation ($input: OrderActionInput!) { ${name}(input: $input) { userErrors { code } } }`;

/* A file has one writer at a time; what two processes do at once to a queue shows on a server alone. */
for (const kind of ['postgres', 'mysql'] as const) {
  const server = serviceUrl(kind);

  requirement('services', server !== undefined)(`a café's queue on ${kind}`, () => {
    const before = process.env['CREMA_TEST_DATABASE'];

    beforeAll(() => {
      process.env['CREMA_TEST_DATABASE'] = server;
    });

    afterAll(() => {
      if (before === undefined) delete process.env['CREMA_TEST_DATABASE'];
      else process.env['CREMA_TEST_DATABASE'] = before;
    });

    afterEach(closeTestSubgraphs);

    it('is told whole and in order at both processes, while both change it at once', async () => {
      const shop = await createTestOrders({ isShared: true });
      const other = await createTestSubgraph(orders, { replicaOf: shop });
      const queued: string[] = [];
      while (queued.length < 8) queued.push((await shop.orderIn('CONFIRMED')).id);
      const queues = await Promise.all(
        [shop, other].map((each) => each.watch(barista, CAFE, { id: ASTORIA })),
      );
      // They listen from before it begins.
      const told = queues.map(eventsOf).map(async (queue) => {
        const changes: Json[] = [];
        while (changes.length < 2 * queued.length) changes.push((await queue.next())!);
        return changes;
      });

      await Promise.all(
        queued.map(async (orderId, index) => {
          const processes = index % 2 === 0 ? [shop, other] : [other, shop];
          const input = { orderId };
          await processes[0]!.ask(barista, actionOf('startPreparing'), { input });
          await processes[1]!.ask(barista, actionOf('markReady'), { input });
        }),
      );
      await shop.settle();

      for (const changes of await Promise.all(told)) {
        const positions = changes.map(({ eventId }) => Number(eventId));
        expect(positions).toEqual(positions.map((_, index) => positions[0]! + index));
        for (const id of queued) {
          const own = changes.filter(({ order }) => (order as Json)['id'] === id);
          expect(own.map(({ status }) => status)).toEqual(['PREPARING', 'READY']);
        }
      }
    });
  });
}
