import { createHash } from 'node:crypto';
import {
  createRouter,
  type Hooks,
  type Invalidate,
  type InvalidationEvents,
  type Router,
  type RouterOptions,
} from '../src/index.ts';
import { Goods, openShop } from './caching/shop.ts';
import { merged, PARTS, partsOf, type Part } from './support/parts.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

const ACCEPT = `${PARTS}, application/json`;

const IDS = { goods: [{ id: '1' }, { id: '2' }, { id: '3' }] };

let router: Router;

afterEach(() => router.close());

/** Asks a router over HTTP, for an answer in parts where there is one. */
async function asking(of: Router) {
  router = of;
  const { url } = await router.listen(0, '127.0.0.1');
  return (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: ACCEPT, ...headers },
      body: JSON.stringify(body),
    });
}

async function allOf(response: Response): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of partsOf(response)) parts.push(part);
  return parts;
}

describe('answers in parts and what is kept of subgraphs', () => {
  const QUERY = '{ goods { id ... @defer(label: "prices") { price name } } }';
  type Use = Readonly<Record<string, unknown>>;
  const GOODS = [
    { id: '1', price: 10, name: 'good 1 at 10' },
    { id: '2', price: 20, name: 'good 2 at 20' },
    { id: '3', price: 30, name: 'good 3 at 30' },
  ];
  let goods: Goods;

  async function open(options: Partial<RouterOptions> = {}) {
    goods = new Goods();
    const shop = await openShop(goods, options);
    return { ...shop, inParts: await asking(shop.router) };
  }

  it('tells from the cache what it told from subgraphs', async () => {
    const { inParts, calls } = await open();
    const first = await allOf(await inParts({ query: QUERY }));
    expect([calls('catalogue') > 0, calls('prices')]).toEqual([true, 1]);

    const second = await allOf(await inParts({ query: QUERY }));

    expect([calls('catalogue'), calls('prices')]).toEqual([0, 0]);
    expect(merged(first)).toEqual({ data: { goods: GOODS }, errors: [], failed: [] });
    expect(merged(second)).toEqual(merged(first));
    expect([first[0]?.data, second[0]?.data]).toEqual([IDS, IDS]);
  });

  it('tells with the first part what of it came from the cache', async () => {
    const { inParts } = await open();
    const use = ([first]: readonly Part[]) => (first?.extensions?.['cache'] as Use)['catalogue'];

    expect(use(await allOf(await inParts({ query: QUERY })))).toEqual({ hits: 0, misses: 1 });
    expect(use(await allOf(await inParts({ query: QUERY })))).toEqual({ hits: 1, misses: 0 });
  });

  it('asks anew for what was made old while a later part was fetched', async () => {
    let tell: Invalidate = () => Promise.reject(new Error('Nobody listens'));
    const events: InvalidationEvents = {
      listen: (invalidate) => {
        tell = invalidate;
        return Promise.resolve(() => Promise.resolve());
      },
    };
    const { inParts, calls } = await open({ cache: { isTold: true, events } });
    goods.beforeAnswer = async () => {
      goods.beforeAnswer = () => Promise.resolve();
      goods.prices.set('2', 22);
      await tell([{ type: 'Good', key: { id: '2' } }]);
    };
    const before = merged(await allOf(await inParts({ query: QUERY })));
    expect(before.data).toMatchObject({ goods: [{ price: 10 }, { price: 20 }, { price: 30 }] });
    calls('prices');

    const after = merged(await allOf(await inParts({ query: QUERY })));

    const changed = { id: '2', price: 22, name: 'good 2 at 22' };
    expect(after.data).toEqual({ goods: [GOODS[0], changed, GOODS[2]] });
    expect(calls('prices')).toBe(1);
  });

  it('tells caches nothing of later parts, by whatever name', async () => {
    const named = { forward: 'cache-control', as: 'cdn-cache-control' };
    const { inParts } = await open({
      headers: { response: [{ forward: 'cache-control' }, named] },
    });
    goods.headers['prices'] = { 'cache-control': 'private, max-age=5' };

    for (const attempt of ['fetched', 'from the cache']) {
      const response = await inParts({ query: QUERY });
      const { headers } = response;
      await allOf(response);
      expect([attempt, headers.get('cache-control'), headers.get('cdn-cache-control')]).toEqual([
        attempt,
        'no-store, no-transform',
        'no-store',
      ]);
    }
  });

  it('keeps the part of one caller from all others', async () => {
    const { inParts, calls } = await open();
    goods.headers['prices'] = { 'cache-control': 'private, max-age=60' };
    const cookies = ['session=ada', 'session=eve', 'session=ada'];
    const asked: number[] = [];

    for (const cookie of cookies) {
      await allOf(await inParts({ query: QUERY }, { cookie }));
      asked.push(calls('prices'));
    }

    expect(asked).toEqual([1, 1, 0]);
  });
});

describe('answers in parts and persisted operations', () => {
  const QUERY = '{ goods { id ... @defer { name } } }';
  const sha256Hash = createHash('sha256').update(QUERY).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const PARTS_TOLD = [
    { data: IDS, hasNext: true },
    {
      incremental: ['1', '2', '3'].map((id, index) => ({
        data: { name: `good ${id} at ${id}0` },
        path: ['goods', index],
      })),
      hasNext: false,
    },
  ];

  const open = async () =>
    asking((await openShop(new Goods(), { cache: { isTold: false } })).router);

  it('are asked for by hash once they were sent with it', async () => {
    const inParts = await open();

    const unknown = await inParts({ extensions });
    const registered = await allOf(await inParts({ query: QUERY, extensions }));
    const known = await allOf(await inParts({ extensions }));

    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    expect(await unknown.json()).toEqual({
      errors: [
        { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
      ],
    });
    expect(registered).toEqual(PARTS_TOLD);
    expect(known).toEqual(PARTS_TOLD);
  });

  it('are registered by an answer in parts for those at once, and the other way round', async () => {
    const inParts = await open();
    const atOnce = { accept: 'application/json' };
    await allOf(await inParts({ query: QUERY, extensions }));

    const answer = (await (await inParts({ extensions }, atOnce)).json()) as Part;
    expect(answer.data).toEqual(merged(PARTS_TOLD).data);

    const other = '{ goods { ... @defer { id } } }';
    const hash = createHash('sha256').update(other).digest('hex');
    const otherwise = { persistedQuery: { version: 1, sha256Hash: hash } };
    await inParts({ query: other, extensions: otherwise }, atOnce);
    expect(merged(await allOf(await inParts({ extensions: otherwise }))).data).toEqual(IDS);
  });

  it('are not known to who takes nothing but parts, who is told so in one', async () => {
    const inParts = await open();

    const response = await inParts({ extensions }, { accept: PARTS });

    expect(response.headers.get('content-type')).toContain('multipart/mixed');
    const [only, ...others] = await allOf(response);
    expect(only?.errors).toMatchObject([{ message: 'PersistedQueryNotFound' }]);
    expect([only?.hasNext, others]).toEqual([false, []]);
  });
});

describe('answers in parts and fields that move', () => {
  /** Each field tells which subgraph it was asked of. */
  const moving: SubgraphDefinitions = {
    old: {
      typeDefs: `
        type Query { item: Item }
        type Item @key(fields: "id") { id: ID! named: String few: String stays: String }`,
      resolvers: {
        Query: { item: () => ({ id: '1' }) },
        Item: toldBy('old', ['named', 'few', 'stays']),
      },
    },
    new: {
      typeDefs: `type Item @key(fields: "id") {
        id: ID!
        named: String @override(from: "old", label: "new-item")
        few: String @override(from: "old", label: "percent(5)")
      }`,
      resolvers: { Item: toldBy('new', ['named', 'few']) },
    },
  };
  const MOVED = '{ item { stays ... @defer(label: "moved") { named } } }';

  async function open(options: Partial<RouterOptions> = {}) {
    const created = await createRouter({
      supergraph: composed(moving),
      transports: localSubgraphs(moving).transports,
      hooks: { onRequest: beta },
      ...options,
    });
    const inParts = await asking(created);
    const ask = async (query: string, headers?: Record<string, string>) => {
      const parts = await allOf(await inParts({ query }, headers));
      expect(parts.length).toBeGreaterThan(1);
      return merged(parts);
    };
    return { ask, created };
  }

  it('asks the subgraph that the labels of its request say', async () => {
    const { ask } = await open();
    const both = async () => {
      const answers = await Promise.all([ask(MOVED, { 'user-agent': 'beta' }), ask(MOVED)]);
      return answers.map(({ data }) => data);
    };
    const told = ['new', 'old'].map((named) => ({ item: { stays: 'old', named } }));

    expect(await both()).toEqual(told);
    // By plans that are known by now.
    expect(await both()).toEqual(told);
  });

  it('asks for all parts by one draw', async () => {
    const draws = [0.01, 0.5, 0.04, 0.06];
    const { ask } = await open({ random: { next: () => draws.shift() ?? 0.99 } });
    const query = '{ item { few ... @defer { again: few ... @defer { once: few } } } }';
    const items: unknown[] = [];

    for (let request = 0; request < 4; request += 1) items.push((await ask(query)).data);

    const all = (told: string) => ({ item: { few: told, again: told, once: told } });
    expect(items).toEqual([all('new'), all('old'), all('new'), all('old')]);
  });

  it('tells in parts what it tells at once, whatever has moved', async () => {
    const query = '{ item { ... @defer { stays few } ... @defer { named id } } }';
    for (const overrideLabels of [[], ['new-item']]) {
      for (const draw of [0.01, 0.5]) {
        const { ask, created } = await open({ overrideLabels, random: { next: () => draw } });

        const atOnce = await created.execute({ query });
        expect(await ask(query)).toEqual({ data: atOnce.data, errors: [], failed: [] });
        await created.close();
      }
    }
  });

  it('goes by the labels of a new supergraph', async () => {
    const { ask, created } = await open({ overrideLabels: ['new-item'] });
    const { data } = await ask(MOVED);
    expect(data).toEqual({ item: { stays: 'old', named: 'new' } });

    const { typeDefs = '', ...others } = { ...moving['new'] };
    const renamed = { typeDefs: typeDefs.replace('new-item', 'later'), resolvers: {}, ...others };
    await created.reload(composed({ ...moving, new: renamed }));

    expect((await ask(MOVED)).data).toEqual({ item: { stays: 'old', named: 'old' } });
  });
});

const beta: Hooks['onRequest'] = ({ request, headers }) =>
  headers['user-agent'] === 'beta' ? { ...request, overrideLabels: ['new-item'] } : undefined;

/** Resolvers that tell of a subgraph. */
function toldBy(subgraph: string, fields: readonly string[]) {
  const told = Object.fromEntries(fields.map((field) => [field, () => subgraph]));
  return { ...told, __resolveReference: ({ id }: { id: string }) => ({ id }) };
}
