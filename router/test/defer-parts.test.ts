import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import type { RouterOptions } from '../src/index.ts';
import { MAX_DEFERRED } from '../src/planning/labelled-defers.ts';
import { bookshop } from './support/bookshop.ts';
import { until } from './support/events.ts';
import { HeldCalls } from './support/held-calls.ts';
import { TestClock } from './support/issuer.ts';
import { PARTS, partsOf, type Part } from './support/parts.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { localSubgraphs } from './support/subgraphs.ts';

const ACCEPT = `${PARTS}, application/json`;

let served: ServedRouter;
/** Calls to the subgraph `shipping`, which wait for the test. */
let shipping: HeldCalls;

/** A bookshop, on a clock of its own. */
async function open(
  options: Partial<RouterOptions> = {},
  definitions = bookshop,
): Promise<TestClock> {
  const local = localSubgraphs(definitions);
  const clock = new TestClock();
  shipping = new HeldCalls();
  served = await serve(definitions, {
    transports: (subgraph) =>
      subgraph.name === 'shipping' ? shipping : local.transports(subgraph),
    clock,
    timers: clock,
    ...options,
  });
  return clock;
}

afterEach(() => served.router.close());

const respond = (
  query: string,
  { variables = {}, accept = ACCEPT, signal }: RequestInput = {},
): Promise<Response> =>
  served.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
    signal,
  });

interface RequestInput {
  readonly variables?: Record<string, unknown>;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

async function ask(query: string, input?: RequestInput): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of partsOf(await respond(query, input))) parts.push(part);
  return parts;
}

/** The parts of an answer that is still under way. */
async function reading(query: string, input?: RequestInput) {
  const response = await respond(query, input);
  const parts = partsOf(response);
  return { response, next: async () => (await parts.next()).value as Part | undefined };
}

const stock = (...all: (number | null)[]) => ({
  data: { _entities: all.map((one) => ({ stock: one })) },
});

const STOCK = `query ($later: Boolean! = true) {
  book(isbn: "111") { title ... @defer(if: $later, label: "more") { stock } } }`;

describe('an answer in parts', () => {
  beforeEach(async () => void (await open()));

  it('tells what is not deferred before the rest is there', async () => {
    const { response, next } = await reading(STOCK);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="-";deferSpec=20220824',
    );
    expect(await next()).toEqual({ data: { book: { title: 'Dune' } }, hasNext: true });
    await until(() => shipping.underWay.length === 1);
    expect(shipping.underWay[0]?.request.query).not.toContain('defer');
    shipping.underWay[0]?.answer(stock(7));
    expect(await next()).toEqual({
      incremental: [{ data: { stock: 7 }, path: ['book'], label: 'more' }],
      hasNext: false,
    });
    expect(await next()).toBeUndefined();
  });

  it('is one answer where nothing is deferred', async () => {
    const off = respond(STOCK, { variables: { later: false } });
    await until(() => shipping.underWay.length === 1);
    shipping.underWay[0]?.answer(stock(7));

    expect(await (await off).json()).toEqual({ data: { book: { title: 'Dune', stock: 7 } } });
    const plain = await respond('{ version }');
    expect(plain.headers.get('content-type')).toContain('application/json');
  });

  it('is one answer to who wants JSON rather', async () => {
    const accept = `application/json, ${PARTS};q=0.5`;
    const response = await respond('{ version ... @defer { shelf { id } } }', { accept });

    expect(response.headers.get('content-type')).toContain('application/json');
  });

  it('has one part for who takes nothing else and defers nothing', async () => {
    expect(await ask('{ version }', { accept: PARTS })).toEqual([
      { data: { version: 'v1' }, hasNext: false },
    ]);
  });

  it('tells a fragment at each item of a list, with its errors', async () => {
    const { next } = await reading('{ media(first: 3) { id ... on Book @defer { stock } } }');
    await next();
    await until(() => shipping.underWay.length === 1);
    shipping.underWay[0]?.answer({
      ...stock(1, null),
      errors: [
        { message: 'no', path: ['_entities', 1, 'stock'], extensions: { code: 'GONE' } },
      ] as never,
    });

    const errors = [{ message: 'no', path: ['media', 1, 'stock'], extensions: { code: 'GONE' } }];
    expect(await next()).toEqual({
      incremental: [
        { data: { stock: 1 }, path: ['media', 0] },
        { data: null, path: ['media', 1], errors },
      ],
      hasNext: false,
    });
  });

  it('tells what is deferred within what is deferred after it', async () => {
    const query = `{ ... @defer(label: "a") { book(isbn: "111") { title ... @defer(label: "b") { stock } } } }`;
    const { next } = await reading(query);

    expect(await next()).toEqual({ data: {}, hasNext: true });
    expect(await next()).toEqual({
      incremental: [{ data: { book: { title: 'Dune' } }, path: [], label: 'a' }],
      hasNext: true,
    });
    await until(() => shipping.underWay.length === 1);
    shipping.underWay[0]?.answer(stock(7));
    expect(await next()).toEqual({
      incremental: [{ data: { stock: 7 }, path: ['book'], label: 'b' }],
      hasNext: false,
    });
  });

  it('tells so many fragments later, and the others with what is around them', async () => {
    const names = Array.from({ length: MAX_DEFERRED + 2 }, (_, index) => `t${index}`);
    const fragments = names.map((name) => `... @defer { ${name}: title }`).join(' ');
    const [first, ...later] = await ask(`{ book(isbn: "111") { ${fragments} } }`);

    expect(first).toMatchObject({ data: { book: { [names.at(-1)!]: 'Dune' } } });
    expect(Object.keys((first?.data as { book: object }).book)).toEqual(names.slice(MAX_DEFERRED));
    const told = later.flatMap(({ incremental = [] }) => incremental);
    const alone = told.map(({ data }) => Object.keys(data ?? {})[0]).sort();
    expect(alone).toEqual(names.slice(0, MAX_DEFERRED));
  });

  it('tells with what is null why a fragment in it is', async () => {
    const query = `{ version ... @defer { strict { ... @defer { sure } maybe } } }`;
    const [, ...later] = await ask(query);
    const errors = later
      .flatMap(({ incremental = [] }) => incremental)
      .flatMap((one) => one.errors ?? []);

    expect(errors.map(({ path }) => path)).toEqual([['strict', 'sure']]);
  });

  it('tells the parts of one place as they come', async () => {
    const query = `{ book(isbn: "111") { title
      ... @defer(label: "slow") { stock } ... @defer(label: "fast") { authors { name } } } }`;
    const { next } = await reading(query);

    await next();
    expect((await next())?.incremental?.[0]?.label).toBe('fast');
    shipping.underWay[0]?.answer(stock(7));
    expect((await next())?.incremental?.[0]?.label).toBe('slow');
  });

  it('tells an error with the part that asks for its field, whatever brought both', async () => {
    const query = '{ version ... @defer { broken } }';
    const [first, later] = await ask(query);

    expect(first?.errors).toBeUndefined();
    expect(later?.incremental?.[0]).toMatchObject({
      data: { broken: null },
      errors: [{ path: ['broken'] }],
    });
  });

  it('leaves null what was told to be null', async () => {
    const query = '{ strict { sure } ... @defer { strict { maybe } } }';
    const [first, later] = await ask(query);

    expect(first).toMatchObject({ data: { strict: null }, errors: [{ path: ['strict', 'sure'] }] });
    expect(later?.incremental?.[0]?.data).toEqual({ strict: null });
  });

  it('tells nothing of a fragment on what is not there', async () => {
    const query = '{ book(isbn: "none") { title ... @defer { stock } } }';

    expect(await ask(query)).toEqual([{ data: { book: null }, hasNext: false }]);
  });

  it('names the subgraph that is away where its fields are', async () => {
    const { next } = await reading(
      '{ media(first: 1) { ... on Book { id ... @defer { reviews { id } } } } }',
    );
    await next();
    await until(() => shipping.underWay.length === 1);
    shipping.underWay[0]?.fail(new Error('connect ECONNREFUSED'));

    const last = await next();
    expect(last?.incremental?.[0]).toMatchObject({ data: { reviews: null }, path: ['media', 0] });
    expect(last?.incremental?.[0]?.errors?.[0]?.extensions?.['code']).toBe('SUBGRAPH_UNAVAILABLE');
  });

  it('gives up at the subgraphs when the client leaves', async () => {
    const controller = new AbortController();
    const { next } = await reading(STOCK, { signal: controller.signal });
    await next();
    await until(() => shipping.underWay.length === 1);

    controller.abort();

    await until(() => shipping.underWay.length === 0);
  });

  it('comes to its end while the router closes', async () => {
    const { next } = await reading(STOCK);
    await next();
    const closed = served.router.close();
    await until(() => shipping.underWay.length === 1);
    shipping.underWay[0]?.answer(stock(7));

    expect((await next())?.hasNext).toBe(false);
    await closed;
  });

  it('reaches Apollo Client part by part', async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: served.url }),
      cache: new InMemoryCache(),
      incrementalHandler: new Defer20220824Handler(),
    });
    const told: unknown[] = [];
    const query = gql(STOCK);
    const watching = client.watchQuery({ query }).subscribe(({ data }) => told.push(data));
    const book = (fields: object) => ({ book: { __typename: 'Book', ...fields } });

    await until(() => JSON.stringify(told).includes('Dune'));
    expect(told.at(-1)).toEqual(book({ title: 'Dune' }));
    shipping.underWay[0]?.answer(stock(7));
    await until(() => JSON.stringify(told).includes('stock'));
    expect(told.at(-1)).toEqual(book({ title: 'Dune', stock: 7 }));
    watching.unsubscribe();
    client.stop();
  });
});

describe('around an answer in parts', () => {
  it('ends what takes too long with its reason', async () => {
    const clock = await open({ requestTimeoutMs: 5_000 });
    const { next } = await reading(STOCK);
    await next();
    await until(() => shipping.underWay.length === 1);

    clock.advance(6);

    const last = await next();
    expect(last?.hasNext).toBe(false);
    expect(last?.errors?.[0]?.extensions?.['code']).toBe('REQUEST_TIMEOUT');
  });

  it('refuses in its part what the caller may not see', async () => {
    const { catalogue, ...others } = bookshop;
    if (!catalogue) throw new Error('There is a catalogue');
    const typeDefs = catalogue.typeDefs.replace('pages: Int!', 'pages: Int! @authenticated');
    await open({}, { ...others, catalogue: { ...catalogue, typeDefs } });

    const [first, later] = await ask('{ book(isbn: "111") { title ... @defer { isbn pages } } }');

    expect(first).toEqual({ data: { book: { title: 'Dune' } }, hasNext: true });
    expect(later?.incremental).toEqual([
      {
        data: null,
        path: ['book'],
        errors: [
          expect.objectContaining({
            path: ['book', 'pages'],
            extensions: { code: 'UNAUTHENTICATED' },
          }),
        ],
      },
    ]);
  });

  it('asks the hook for each part', async () => {
    const texts: string[] = [];
    await open({
      hooks: {
        onResponse({ json }) {
          texts.push(json);
          return { headers: { 'x-seen': String(texts.length) } };
        },
      },
    });
    const { response, next } = await reading(STOCK);
    await next();
    await until(() => shipping.underWay.length === 1);
    shipping.underWay[0]?.answer(stock(7));
    await next();

    expect(response.headers.get('x-seen')).toBe('1');
    expect(texts.map((text) => (JSON.parse(text) as Part).hasNext)).toEqual([true, false]);
  });

  it('is told at once by the executor of ApolloGateway', async () => {
    await open({ engine: 'gateway' });
    const response = await respond('{ version ... @defer { book(isbn: "111") { title } } }');

    expect(await response.json()).toEqual({ data: { version: 'v1', book: { title: 'Dune' } } });
  });
});
