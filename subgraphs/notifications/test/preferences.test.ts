import { closeTestSubgraphs } from '@crema/kit/testing';
import { DeliveryEnded } from '@crema/schema/events';
import { ada, bob, createTestNotifications, type TestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

const SET = `mutation ($kind: NotificationKind!, $channels: [Channel!]!) {
  setNotificationPreference(kind: $kind, channels: $channels) {
    preferences { kind channels } userErrors { code field }
  }
}`;

interface Answer {
  preferences: { kind: string; channels: string[] }[];
  userErrors: { code: string; field: string[] }[];
}

const choose = async (test: TestNotifications, kind: string, channels: string[]) =>
  (await test.ask(ada, SET, { kind, channels })).data!['setNotificationPreference'] as Answer;

describe('preferences', () => {
  it('begin with sensible channels and are kept for each kind and person', async () => {
    const test = await createTestNotifications();
    const before = (await test.see(ada)).notificationPreferences!;
    expect(before).toHaveLength(9);
    expect(before).toContainEqual({ kind: 'ORDER_READY', channels: ['IN_APP', 'EMAIL', 'SMS'] });
    expect(before).toContainEqual({ kind: 'PASSWORD_RESET', channels: ['EMAIL'] });

    const answer = await choose(test, 'ORDER_READY', ['SMS']);
    expect(answer.userErrors).toEqual([]);
    expect(answer.preferences).toContainEqual({ kind: 'ORDER_READY', channels: ['SMS'] });
    expect((await test.see(ada)).notificationPreferences).toEqual(answer.preferences);
    expect((await test.see(bob)).notificationPreferences).toEqual(before);
  });

  it('refuse a channel named twice and any change to codes, and show what stands', async () => {
    const test = await createTestNotifications();
    const twice = await choose(test, 'ORDER_READY', ['SMS', 'SMS']);
    expect(twice.userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['channels'] }]);
    const codes = await choose(test, 'PASSWORD_RESET', []);
    expect(codes.userErrors).toEqual([{ code: 'NOT_CHANGEABLE', field: ['kind'] }]);
    expect(codes.preferences).toEqual((await test.see(ada)).notificationPreferences);
    const visitor = await test.ask(null, SET, { kind: 'ORDER_READY', channels: [] });
    expect(visitor.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('suppress a muted channel, and say so', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada');
    await choose(test, 'WALLET_FUNDED', ['IN_APP']);
    await test.deposit('ada');
    await test.sendDue();
    expect((await test.see(ada)).notifications!.nodes[0]!.deliveries).toEqual([
      { channel: 'IN_APP', status: 'SENT', attempts: 1, error: null },
      { channel: 'EMAIL', status: 'SUPPRESSED', attempts: 0, error: null },
    ]);
    expect(await test.outbox()).toEqual([]);
    expect((await test.published(DeliveryEnded)).map(({ data }) => data.status).sort()).toEqual([
      'SENT',
      'SUPPRESSED',
    ]);
  });

  it('keep a kind out of the list when it is muted there', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada');
    await choose(test, 'WALLET_FUNDED', ['EMAIL']);
    const live = await test.watch(ada, 'subscription { notificationReceived { kind } }');
    const next = live.next();
    await test.deposit('ada');
    await test.confirm('ada');
    await test.sendDue();
    const seen = await test.see(ada);
    expect(seen.notifications!.nodes.map(({ kind }) => kind)).toEqual(['ORDER_CONFIRMED']);
    expect(seen.unreadNotificationCount).toBe(1);
    expect((await next).value).toMatchObject({
      data: { notificationReceived: { kind: 'ORDER_CONFIRMED' } },
    });
    await live.return();
    expect((await test.outbox()).map(({ subject }) => subject)).toContain(
      '$20.00 added to your wallet',
    );
  });

  it('add a text message only where there is a phone', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada', { phone: '+15550100' });
    await test.signUp('bob');
    await test.ready('ada');
    await test.ready('bob');
    await test.sendDue();
    const channelsOf = async (caller: typeof ada) =>
      (await test.see(caller)).notifications!.nodes[0]!.deliveries.map(({ channel }) => channel);
    expect(await channelsOf(ada)).toEqual(['IN_APP', 'EMAIL', 'SMS']);
    expect(await channelsOf(bob)).toEqual(['IN_APP', 'EMAIL']);
    expect(await test.outbox('+15550100')).toEqual([
      expect.objectContaining({ channel: 'SMS', text: 'Your order A-17 is ready to collect.' }),
    ]);
  });
});
