import { closeTestSubgraphs } from '@crema/kit/testing';
import { ada, bob, createTestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

const MARK = `mutation ($ids: [ID!], $all: Boolean) {
  markNotificationsRead(ids: $ids, all: $all) { unreadNotificationCount }
}`;
const ONE = 'query ($id: ID!) { notification(id: $id) { id title } }';

describe('the list in the app', () => {
  it('is newest first, page after page, and without what was read when asked', async () => {
    const test = await createTestNotifications();
    for (let i = 0; i < 5; i++) {
      await test.deposit('ada');
      test.clock.advance(1_000);
    }
    await test.confirm('ada', 'order-1');
    await test.deposit('bob');

    const first = await test.see(ada, { first: 4 });
    expect(first.notifications!.nodes.map(({ kind }) => kind)).toEqual([
      'ORDER_CONFIRMED',
      'WALLET_FUNDED',
      'WALLET_FUNDED',
      'WALLET_FUNDED',
    ]);
    expect(first.notifications!.nodes[0]!.order).toEqual({ id: 'order-1' });
    expect(first.unreadNotificationCount).toBe(6);
    const { endCursor, hasNextPage } = first.notifications!.pageInfo;
    expect(hasNextPage).toBe(true);
    const rest = await test.see(ada, { first: 4, after: endCursor! });
    const ids = [...first.notifications!.nodes, ...rest.notifications!.nodes].map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
    expect(rest.notifications!.pageInfo.hasNextPage).toBe(false);

    const marked = await test.ask(ada, MARK, { ids: ids.slice(0, 2) });
    expect(marked.data).toEqual({ markNotificationsRead: { unreadNotificationCount: 4 } });
    const unread = await test.see(ada, { unreadOnly: true });
    expect(unread.notifications!.nodes.map(({ id }) => id)).toEqual(ids.slice(2));
    expect((await test.ask(ada, MARK, { all: true })).data).toEqual({
      markNotificationsRead: { unreadNotificationCount: 0 },
    });
    expect((await test.see(ada)).notifications!.nodes.every(({ readAt }) => readAt)).toBe(true);
    expect((await test.see(bob)).unreadNotificationCount).toBe(1);
  });

  it('takes no wrong page and no cursor of something else', async () => {
    const test = await createTestNotifications();
    await test.deposit('ada');
    const cursor = Buffer.from('[1]').toString('base64url');
    for (const wrong of [{ first: 0 }, { first: 101 }, { after: 'x' }, { after: cursor }]) {
      await expect(test.see(ada, wrong)).rejects.toThrow('BAD_USER_INPUT');
    }
  });

  it('is marked by ids or as a whole, never both or neither', async () => {
    const test = await createTestNotifications();
    for (const wrong of [{}, { all: false }, { ids: [], all: true }]) {
      const answer = await test.ask(ada, MARK, wrong);
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    expect((await test.ask(ada, MARK, { ids: [], all: false })).errors).toBeUndefined();
  });

  it('is nobody else’s: not to read, not to mark, not through an entity', async () => {
    const test = await createTestNotifications();
    await test.deposit('ada');
    const { id } = (await test.see(ada)).notifications!.nodes[0]!;
    const nothing = {
      notifications: null,
      unreadNotificationCount: null,
      notificationPreferences: null,
    };
    const admin = { sub: 'admin', roles: ['ADMIN'], scope: 'users:read', workplaces: ['*'] };
    for (const stranger of [null, bob, admin]) {
      expect(await test.see(stranger, { id: 'ada' })).toEqual(nothing);
      const entity = await test.ask(
        stranger,
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Notification { id title } } }',
        { r: [{ __typename: 'Notification', id }] },
      );
      expect(entity.data).toEqual({ _entities: [null] });
    }
    expect((await test.ask(bob, ONE, { id })).data).toEqual({ notification: null });
    expect((await test.ask(null, ONE, { id })).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const marked = await test.ask(bob, MARK, { ids: [id] });
    expect(marked.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [{ code: 'NOT_FOUND', field: ['ids', '0'] }],
    });
    expect((await test.see(ada)).unreadNotificationCount).toBe(1);
    expect((await test.ask(ada, ONE, { id })).data).toMatchObject({ notification: { id } });
    expect((await test.ask(null, MARK, { all: true })).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('tells its owner, and only its owner, of what comes', async () => {
    const test = await createTestNotifications();
    const WATCH = 'subscription { notificationReceived { kind title deliveries { status } } }';
    const mine = await test.watch(ada, WATCH);
    const next = mine.next();
    await test.deposit('bob');
    await test.deposit('ada');
    expect((await next).value).toEqual({
      data: {
        notificationReceived: {
          kind: 'WALLET_FUNDED',
          title: '$20.00 added to your wallet',
          deliveries: [{ status: 'SENT' }, { status: 'PENDING' }],
        },
      },
    });
    await mine.return();

    const visitor = await test.watch(null, WATCH);
    expect((await visitor.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});
