import { stableId } from '@crema/kit';
import { closeTestSubgraphs, createTestSubgraph, takesNothing } from '@crema/kit/testing';
import { FundsDeposited } from '@crema/schema/events';
import { notifications } from '../src/subgraph.ts';
import { ada, createTestNotifications, usd } from './support.ts';

afterEach(closeTestSubgraphs);

const WATCH = 'subscription { notificationReceived { kind title } }';
const funded = {
  data: { notificationReceived: { kind: 'WALLET_FUNDED', title: '$20.00 added to your wallet' } },
};

describe('what comes in at two processes', () => {
  it('is told once to who listens at either', async () => {
    const test = await createTestNotifications({ isShared: true });
    const other = await createTestSubgraph(notifications, { replicaOf: test });
    const here = await test.watch(ada, WATCH);
    const there = await other.watch(ada, WATCH);
    await test.openCafe();
    await test.deposit('ada', stableId('deposit'));
    await test.deposit('ada', stableId('deposit'));
    await test.confirm('ada');
    for (const live of [here, there]) {
      expect((await live.next()).value).toEqual(funded);
      expect((await live.next()).value).toMatchObject({
        data: { notificationReceived: { kind: 'ORDER_CONFIRMED' } },
      });
    }
  });

  it('is told although the process that wrote it is killed', async () => {
    const test = await createTestNotifications({ isShared: true });
    const live = await test.watch(ada, WATCH);
    const killed = await createTestSubgraph(notifications, {
      replicaOf: test,
      through: takesNothing,
    });
    const { topic, type, version } = FundsDeposited;
    const event = {
      id: stableId('deposit'),
      type,
      version,
      topic,
      key: 'wallet-ada',
      source: 'wallet',
      time: test.clock.now().toISOString(),
      data: {
        walletId: 'wallet-ada',
        userId: 'ada',
        transactionId: 'transaction',
        amount: usd(2_000),
        at: test.clock.now().toISOString(),
      },
    };
    const consumer = killed.running.subgraph.consumers.find(
      ({ contract }) => contract === FundsDeposited,
    )!;
    if (consumer.apply.kind !== 'idempotent') throw new Error('documents have no transactions');
    await expect(consumer.apply.run(event)).rejects.toThrow('killed');
    await killed.close();

    await test.tell(FundsDeposited, event.key, event.data, event.id);
    expect((await live.next()).value).toEqual(funded);
  });
});
