import { createRouter, type Router } from '../src/index.ts';
import { HttpTransport } from '../src/transport/out/http-transport.ts';
import { Events, until } from './support/events.ts';
import { remoteSubgraph } from './support/remote-subgraph.ts';
import { composed, type SubgraphDefinition } from './support/subgraphs.ts';

let sources: Events<{ tick: number }>[];

const clock: SubgraphDefinition = {
  typeDefs: 'type Query { hello: String } type Subscription { tick: Int }',
  resolvers: {
    Query: { hello: () => 'hello' },
    Subscription: {
      tick: {
        subscribe: () => {
          const events = new Events<{ tick: number }>();
          sources.push(events);
          return events;
        },
      },
    },
  },
};

let remote: Awaited<ReturnType<typeof remoteSubgraph>>;
let router: Router;

async function start(answer?: string): Promise<void> {
  sources = [];
  remote = await remoteSubgraph(clock, answer);
  router = await createRouter({ supergraph: composed({ clock }, () => remote.url) });
}

afterEach(async () => {
  await router.close();
  await remote.close();
});

const headers = { 'accept-language': 'de' };

it('asks over HTTP with the headers of the request, and takes cookies', async () => {
  await start();

  const result = await router.execute({ query: '{ hello }', headers, requestId: 'r1' });

  expect(result).toEqual({ data: { hello: 'hello' }, cookies: ['seen=yes; HttpOnly'] });
  expect(remote.seen.http).toEqual([
    expect.objectContaining({ 'accept-language': 'de', 'x-request-id': 'r1' }),
  ]);
});

it.each([
  ['HTML', '<html>Bad gateway</html>'],
  ['other JSON', '[]'],
  ['nothing', ''],
])('takes %s for a subgraph that is unavailable', async (_name, answer) => {
  await start(answer);

  const { data, errors } = await router.execute({ query: '{ hello }' });

  expect(data).toEqual({ hello: null });
  expect(errors?.map((error) => error.extensions)).toEqual([
    { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'clock' },
  ]);
});

it('subscribes over a WebSocket with the headers twice, and leaves it', async () => {
  await start();
  const events = router.subscribe({ query: 'subscription { tick }', headers, requestId: 'r2' });
  const first = events.next();
  await until(() => sources.length === 1);
  sources[0]?.publish({ tick: 1 });

  expect((await first).value).toEqual({ data: { tick: 1 } });
  expect(remote.seen.params).toEqual([{ headers: { ...headers, 'x-request-id': 'r2' } }]);
  expect(remote.seen.upgrades).toEqual([expect.objectContaining(headers)]);

  const waiting = events.next();
  await events.return?.();
  expect((await waiting).done).toBe(true);
  await until(() => remote.connections === 0);
});

it('tells that a subgraph is unavailable when its subscription breaks', async () => {
  await start();
  const events = router.subscribe({ query: 'subscription { tick }' });
  const first = events.next();
  await until(() => sources.length === 1);

  await remote.close();

  const { value } = await first;
  expect(value?.errors?.map((error) => error.extensions)).toEqual([
    { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'clock' },
  ]);
  expect((await events.next()).done).toBe(true);
  remote = await remoteSubgraph(clock);
});

it('notices a subgraph that is still connected and silent', async () => {
  sources = [];
  remote = await remoteSubgraph(clock);
  router = await createRouter({
    supergraph: composed({ clock }, () => remote.url),
    transports: (subgraph) => new HttpTransport(subgraph, { heartbeatMs: 50 }),
  });
  const events = router.subscribe({ query: 'subscription { tick }' });
  const first = events.next();
  await until(() => sources.length === 1);

  remote.freeze();

  expect((await first).value?.errors?.[0]?.extensions).toEqual({
    code: 'SUBGRAPH_UNAVAILABLE',
    subgraph: 'clock',
  });
});
