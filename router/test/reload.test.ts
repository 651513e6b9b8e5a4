import { createRouter, type Router, type SubgraphTransport } from '../src/index.ts';
import { until } from './support/events.ts';
import { serve } from './support/serve.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

/** A subgraph whose one field tells which version of it answered. */
const version = (number: number, name = 'one'): SubgraphDefinitions => ({
  [name]: {
    typeDefs: 'type Query { version: Int  slow: Int }',
    resolvers: { Query: { version: () => number, slow: () => number } },
  },
});

const sdlOf = (number: number): string =>
  composed(version(number), (name) => `http://${name}.invalid/${number}`);

/** The ways that were made, by the subgraph's URL, and what became of them. */
class Ways {
  readonly open = new Map<string, SubgraphTransport>();
  readonly closed: string[] = [];
  readonly brokenBecauseClosed: string[] = [];
  private readonly held: (() => void)[] = [];
  isHolding = false;

  readonly to = ({ name, url }: { name: string; url: string }): SubgraphTransport => {
    const number = Number(url.split('/').at(-1));
    const local = localSubgraphs(version(number, name)).get(name);
    const transport: SubgraphTransport = {
      execute: async (request) => {
        if (this.isHolding) await new Promise<void>((go) => this.held.push(go));
        if (this.closed.includes(url)) this.brokenBecauseClosed.push(url);
        return local.execute(request);
      },
      subscribe: (request) => local.subscribe(request),
      close: async () => void this.closed.push(url),
    };
    this.open.set(url, transport);
    return transport;
  };

  get underWay(): number {
    return this.held.length;
  }

  letGo(): void {
    this.isHolding = false;
    for (const go of this.held.splice(0)) go();
  }
}

const url = (number: number): string => `http://one.invalid/${number}`;

describe('reloading', () => {
  const ways = new Ways();
  let router: Router;

  beforeEach(async () => {
    ways.open.clear();
    ways.closed.length = 0;
    router = await createRouter({ supergraph: sdlOf(1), transports: ways.to });
  });

  afterEach(() => router.close());

  const ask = async (): Promise<unknown> =>
    (await router.execute({ query: '{ version }' })).data?.['version'];

  it('closes what only the old supergraph needed, when the last request that needs it has ended', async () => {
    ways.isHolding = true;
    const answer = ask();
    await until(() => ways.underWay === 1);
    await router.reload(sdlOf(2));
    expect(ways.closed).toEqual([]);

    ways.letGo();

    expect(await answer).toBe(1);
    await until(() => ways.closed.length > 0);
    expect(ways.closed).toEqual([url(1)]);
    expect(await ask()).toBe(2);
  });

  it('keeps a way that any supergraph in use needs', async () => {
    const more = (number: number) =>
      composed(
        { ...version(1), two: { typeDefs: `type Query { two${number}: Int }`, resolvers: {} } },
        () => url(1),
      );

    await router.reload(more(1));
    await router.reload(more(2));

    expect(ways.closed).toEqual([]);
    expect(await ask()).toBe(1);
  });

  it('refuses a subgraph without a usable address, and goes on with the ways that it has', async () => {
    const unusable = await createRouter({ supergraph: sdlOf(1) });
    const broken = composed(
      { ...version(1), two: { typeDefs: 'type Query { two: Int }', resolvers: {} } },
      (name) => (name === 'one' ? url(1) : 'nowhere'),
    );

    await expect(unusable.reload(broken)).rejects.toThrow('Invalid URL');

    await unusable.close();
  });

  it('closes everything in the end, once', async () => {
    await router.reload(sdlOf(2));
    await router.reload(sdlOf(3));
    await router.close();

    expect([...ways.closed].sort()).toEqual([url(1), url(2), url(3)]);
  });
});

it('answers every request by the old supergraph or by the new one, through many reloads', async () => {
  const ways = new Ways();
  const served = await serve(version(0), { supergraph: sdlOf(0), transports: ways.to });
  const reloads = 12;
  let serving = 0;
  let isOver = false;
  const seen = new Set<unknown>();

  const client = async (): Promise<void> => {
    while (!isOver) {
      const before = serving;
      const { status, body } = await served.post({ query: '{ version again: version slow }' });
      expect(status).toBe(200);
      const { version: first, again, slow } = body.data ?? {};
      expect(body.errors).toBeUndefined();
      expect([again, slow]).toEqual([first, first]);
      expect(first).toBeGreaterThanOrEqual(before);
      seen.add(first);
    }
  };
  const clients = Array.from({ length: 8 }, client);
  for (let number = 1; number <= reloads; number += 1) {
    await served.router.reload(sdlOf(number));
    serving = number;
    await until(() => seen.has(number));
  }
  isOver = true;
  await Promise.all(clients);

  expect(seen.size).toBeGreaterThanOrEqual(reloads);
  expect(ways.brokenBecauseClosed).toEqual([]);
  await until(() => ways.closed.length === reloads);
  await served.router.close();
});
