import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createSeal,
  stableId,
  type CallerClaims,
  type DocumentSubgraphDeps,
  type LoggedEvent,
} from '@crema/kit';
import {
  countedDocuments,
  createTestSubgraph,
  seededRandom,
  TEST_SECRET,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@crema/kit/testing';
import {
  CafeChanged,
  DeliveryEnded,
  FundsDeposited,
  OrderClosed,
  OrderConfirmed,
  OrderReady,
  PasswordResetRequested,
  StockRanLow,
  UserChanged,
  UserSignedUp,
} from '@crema/schema/events';
import type { NotificationsConfig } from '../src/config.ts';
import type { KeptMessage } from '../src/services/dev-outbox.ts';
import type { MessageProvider } from '../src/services/message-provider.ts';
import { createNotifications, notifications } from '../src/subgraph.ts';

export const ASTORIA = stableId('cafe/astoria');
export const usd = (minor: number) => ({ minor, currency: 'USD' });

export const ada: CallerClaims = { sub: 'ada', roles: ['CUSTOMER'] };
export const bob: CallerClaims = { sub: 'bob', roles: ['CUSTOMER'] };

export interface ListedNotification {
  id: string;
  kind: string;
  title: string;
  body: string;
  readAt: string | null;
  order: { id: string } | null;
  deliveries: { channel: string; status: string; attempts: number; error: string | null }[];
}

const LIST = `query ($id: ID!, $first: Int, $after: String, $unreadOnly: Boolean) {
  _entities(representations: [{ __typename: "User", id: $id }]) {
    ... on User {
      notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
        nodes {
          id kind title body createdAt readAt order { id }
          deliveries { channel status attempts error }
        }
        pageInfo { hasNextPage endCursor }
      }
      unreadNotificationCount
      notificationPreferences { kind channels }
    }
  }
}`;

export interface ListedUser {
  notifications: {
    nodes: ListedNotification[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  } | null;
  unreadNotificationCount: number | null;
  notificationPreferences: { kind: string; channels: string[] }[] | null;
}

export type TestNotifications = Awaited<ReturnType<typeof createTestNotifications>>;

/** The subgraph, what others tell it, and what people see of it. */
export async function createTestNotifications(
  options: TestSubgraphOptions & { providers?: readonly MessageProvider[] } = {},
) {
  let given: [DocumentSubgraphDeps, NotificationsConfig] | null = null;
  const operations: string[] = [];
  const test = await createTestSubgraph(
    {
      ...notifications,
      create: ({ documents, ...deps }: DocumentSubgraphDeps, config: NotificationsConfig) => {
        given = [{ ...deps, documents: countedDocuments(documents, operations) }, config];
        return createNotifications(...given, options.providers);
      },
    },
    options,
  );
  const facts: LoggedEvent[] = [];
  const topics = [OrderConfirmed, UserChanged, FundsDeposited, StockRanLow, DeliveryEnded].map(
    ({ topic }) => topic,
  );
  await test.events.consume('test-facts', topics, async (batch) => {
    facts.push(...batch);
  });
  const seal = createSeal(TEST_SECRET, 'password-reset', seededRandom(7));
  let told = 0;
  const order = (customerId: string) => ({
    cafeId: ASTORIA,
    customerId,
    number: 'A-17',
    at: test.clock.now().toISOString(),
  });

  return {
    ...test,
    /** What was asked of the documents since the list was last emptied. */
    operations,
    /** Everything in the log, or one fact of it. */
    facts: async (eventId?: string) => {
      await test.settle();
      return facts.filter(({ id }) => eventId === undefined || id === eventId);
    },
    /** Another process of the subgraph on the same data, with other providers. */
    another: (...providers: MessageProvider[]) => createNotifications(...given!, providers),
    /** Lets what is due be sent, and tells when it is done. */
    async sendDue() {
      await job(test, 'notifications.send-due');
      await test.settle();
    },
    signUp: (
      id: string,
      rest: Partial<Parameters<typeof UserSignedUp.data.parse>[0] & object> = {},
    ) =>
      test.tell(UserSignedUp, id, {
        name: id[0]!.toUpperCase() + id.slice(1),
        email: `${id}@crema.test`,
        phone: null,
        roles: ['CUSTOMER'],
        workplaces: [],
        signedUpAt: test.clock.now().toISOString(),
        ...rest,
      }),
    change: (id: string, rest: object) =>
      test.tell(UserChanged, id, {
        name: id,
        email: `${id}@crema.test`,
        phone: null,
        roles: ['CUSTOMER'],
        workplaces: [],
        ...rest,
      }),
    openCafe: (id = ASTORIA, name = 'Astoria') =>
      test.tell(CafeChanged, id, {
        slug: name.toLowerCase(),
        name,
        timeZone: 'America/New_York',
        currency: 'USD',
        taxRate: '8.875',
        openingHours: [],
        specialHours: [],
        orderingPausedReason: null,
      }),
    confirm: (customerId: string, orderId = `order-${told++}`, eventId?: string) =>
      test.tell(
        OrderConfirmed,
        orderId,
        {
          ...order(customerId),
          lines: [],
          amounts: { subtotal: usd(400), tax: usd(25), tip: usd(0), total: usd(425) },
          placedAt: test.clock.now().toISOString(),
        },
        eventId,
      ),
    ready: (customerId: string, orderId = `order-${told++}`) =>
      test.tell(OrderReady, orderId, {
        ...order(customerId),
        confirmedAt: test.clock.now().toISOString(),
      }),
    endEarly: (customerId: string, status: 'REJECTED' | 'CANCELLED', message: string) =>
      test.tell(OrderClosed, `order-${told++}`, {
        ...order(customerId),
        status,
        reason: status === 'REJECTED' ? 'OUT_OF_STOCK' : 'CANCELLED_BY_CAFE',
        message,
        wasConfirmed: status === 'CANCELLED',
        refundDue: status === 'CANCELLED',
        total: usd(425),
      }),
    deposit: (userId: string, eventId?: string) =>
      test.tell(
        FundsDeposited,
        `wallet-${userId}`,
        {
          walletId: `wallet-${userId}`,
          userId,
          transactionId: `transaction-${told++}`,
          amount: usd(2_000),
          at: test.clock.now().toISOString(),
        },
        eventId,
      ),
    forgetPassword: (userId: string, code: string, minutes = 10) =>
      test.tell(PasswordResetRequested, userId, {
        sealedCode: seal.close(code),
        expiresAt: new Date(test.clock.now().getTime() + minutes * 60_000).toISOString(),
      }),
    runLow: (cafeId = ASTORIA, eventId?: string) =>
      test.tell(
        StockRanLow,
        `${cafeId}:oat-milk`,
        {
          cafeId,
          ingredientId: 'oat-milk',
          ingredientName: 'Oat milk',
          unit: 'MILLILITRE',
          available: '1500',
          reorderPoint: '2000',
        },
        eventId,
      ),
    async see(
      caller: CallerClaims | null,
      variables: { id?: string; first?: number; after?: string; unreadOnly?: boolean } = {},
    ): Promise<ListedUser> {
      const answer = await test.ask(caller, LIST, { id: caller?.sub ?? 'ada', ...variables });
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      return (answer.data!['_entities'] as ListedUser[])[0]!;
    },
    async outbox(to?: string): Promise<KeptMessage[]> {
      const { body } = await getOutbox(test, 'application/json', to);
      return (JSON.parse(body) as { messages: KeptMessage[] }).messages;
    },
  };
}

export async function job(test: TestSubgraph, name: string): Promise<void> {
  await test.running.subgraph.jobs.find((each) => each.name === name)!.run();
}

/** Asks for the outbox over real HTTP, as a browser or a tool does. */
export async function getOutbox(test: Pick<TestSubgraph, 'running'>, accept: string, to?: string) {
  const route = test.running.subgraph.routes![0]!;
  const server = createServer((request, response) => void route.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const search = to === undefined ? '' : `?to=${encodeURIComponent(to)}`;
  const response = await fetch(`http://127.0.0.1:${port}${route.path}${search}`, {
    headers: { accept },
  });
  const body = await response.text();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { status: response.status, headers: response.headers, body };
}
