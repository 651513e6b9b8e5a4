import { stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { DeliveryEnded, FundsTransferred, PaymentRefunded } from '@crema/schema/events';
import { ada, ASTORIA, bob, createTestNotifications, usd } from './support.ts';

afterEach(closeTestSubgraphs);

describe('what people are told', () => {
  it('of an order, from its confirmation to its end', async () => {
    const test = await createTestNotifications();
    await test.openCafe();
    await test.confirm('ada', 'order-1');
    await test.ready('ada', 'order-1');
    await test.endEarly('ada', 'REJECTED', 'There is no oat milk left.');
    await test.endEarly('ada', 'CANCELLED', 'The café had to cancel it.');
    const { nodes } = (await test.see(ada)).notifications!;
    expect(nodes.map(({ kind, body }) => [kind, body]).sort()).toEqual([
      ['ORDER_CANCELLED', 'Your order A-17 at Astoria was cancelled. The café had to cancel it.'],
      [
        'ORDER_CONFIRMED',
        'Your order A-17 at Astoria is confirmed and $4.25 is paid. You will hear from us when it is ready.',
      ],
      ['ORDER_READY', 'Your order A-17 is ready to collect at Astoria.'],
      [
        'ORDER_REJECTED',
        'Your order A-17 at Astoria could not be accepted. There is no oat milk left.',
      ],
    ]);
  });

  it('of money that comes back or comes in, but not twice of an order that ended', async () => {
    const test = await createTestNotifications();
    await test.signUp('bob');
    const at = test.clock.now().toISOString();
    const refund = { customerId: 'ada', cafeId: ASTORIA, amount: usd(150), at };
    await test.tell(PaymentRefunded, 'order-1', { ...refund, refundId: 'refund-1' });
    await test.tell(PaymentRefunded, 'order-2', { ...refund, refundId: null });
    await test.tell(FundsTransferred, 'wallet-bob', {
      walletId: 'wallet-bob',
      userId: 'bob',
      transactionId: 't1',
      toWalletId: 'wallet-ada',
      toUserId: 'ada',
      toTransactionId: 't2',
      amount: usd(500),
      note: 'for <b>coffee</b>',
      at,
    });
    const { nodes } = (await test.see(ada)).notifications!;
    expect(nodes.map(({ kind, title, order }) => [kind, title, order?.id]).sort()).toEqual([
      ['ORDER_REFUNDED', '$1.50 refunded', 'order-1'],
      ['TRANSFER_RECEIVED', 'Bob sent you $5.00', undefined],
    ]);
    expect((await test.see(bob)).notifications!.nodes).toEqual([]);
  });

  it('of stock that runs low: the managers of that café and nobody else', async () => {
    const test = await createTestNotifications();
    await test.openCafe();
    await test.signUp('manager', { roles: ['MANAGER'], workplaces: [ASTORIA] });
    await test.signUp('owner', { roles: ['MANAGER', 'ADMIN'], workplaces: [ASTORIA, 'cafe-2'] });
    await test.signUp('admin', { roles: ['MANAGER', 'ADMIN'], workplaces: [] });
    await test.signUp('barista', { roles: ['BARISTA'], workplaces: [ASTORIA] });
    await test.signUp('other', { roles: ['MANAGER'], workplaces: ['cafe-2'] });
    await test.runLow();
    await test.sendDue();
    const titleOf = async (sub: string) =>
      (await test.see({ sub })).notifications!.nodes.map(({ title }) => title);
    expect(await titleOf('manager')).toEqual(['Oat milk is running low at Astoria']);
    expect(await titleOf('owner')).toEqual(['Oat milk is running low at Astoria']);
    expect(await titleOf('admin')).toEqual([]);
    expect(await titleOf('barista')).toEqual([]);
    expect(await titleOf('other')).toEqual([]);
    expect((await test.outbox()).map(({ to }) => to).sort()).toEqual([
      'manager@crema.test',
      'owner@crema.test',
    ]);

    await test.change('manager', { roles: ['BARISTA'], workplaces: [ASTORIA] });
    await test.runLow();
    expect(await titleOf('manager')).toHaveLength(1);
    expect(await titleOf('owner')).toHaveLength(2);
  });

  it('once for each fact, however often it comes and whatever has changed since', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada');
    const eventId = stableId('told twice');
    await test.confirm('ada', 'order-1', eventId);
    await test.sendDue();
    await test.change('ada', { phone: '+15550100' });
    await test.ask(
      ada,
      'mutation { setNotificationPreference(kind: ORDER_CONFIRMED, channels: [IN_APP, SMS]) { userErrors { code } } }',
    );
    const consumer = test.running.subgraph.consumers.find(
      ({ name }) => name === 'notifications.tell-confirmed',
    )!;
    const [event] = await test.facts(eventId);
    for (let i = 0; i < 3; i++) await consumer.apply.run(event as never, event as never);
    await test.sendDue();

    expect((await test.see(ada)).notifications!.nodes).toHaveLength(1);
    expect(await test.outbox()).toHaveLength(1);
    const ended = await test.published(DeliveryEnded);
    expect(ended.map(({ data }) => [data.channel, data.status]).sort()).toEqual([
      ['EMAIL', 'SENT'],
      ['IN_APP', 'SENT'],
    ]);
  });
});
