import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { MAX_DEFERRED } from '../src/planning/labelled-defers.ts';
import { until } from './support/events.ts';
import { PARTS } from './support/parts.ts';
import { openInParts, STOCK, stock, type ShopInParts } from './support/shop-in-parts.ts';

let shop: ShopInParts;

afterEach(() => shop.served.router.close());

describe('an answer in parts', () => {
  beforeEach(async () => void (shop = await openInParts()));

  it('tells what is not deferred before the rest is there', async () => {
    const { response, next } = await shop.reading(STOCK);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="-";deferSpec=20220824',
    );
    expect(await next()).toEqual({ data: { book: { title: 'Dune' } }, hasNext: true });
    await until(() => shop.shipping.underWay.length === 1);
    expect(shop.shipping.underWay[0]?.request.query).not.toContain('defer');
    shop.shipping.underWay[0]?.answer(stock(7));
    expect(await next()).toEqual({
      incremental: [{ data: { stock: 7 }, path: ['book'], label: 'more' }],
      hasNext: false,
    });
    expect(await next()).toBeUndefined();
  });

  it('is one answer where nothing is deferred', async () => {
    const off = shop.respond(STOCK, { variables: { later: false } });
    await until(() => shop.shipping.underWay.length === 1);
    shop.shipping.underWay[0]?.answer(stock(7));

    expect(await (await off).json()).toEqual({ data: { book: { title: 'Dune', stock: 7 } } });
    const plain = await shop.respond('{ version }');
    expect(plain.headers.get('content-type')).toContain('application/json');
  });

  it('is one answer to who wants JSON rather', async () => {
    const accept = `application/json, ${PARTS};q=0.5`;
    const response = await shop.respond('{ version ... @defer { shelf { id } } }', { accept });

    expect(response.headers.get('content-type')).toContain('application/json');
  });

  it('has one part for who takes nothing else and defers nothing', async () => {
    expect(await shop.ask('{ version }', { accept: PARTS })).toEqual([
      { data: { version: 'v1' }, hasNext: false },
    ]);
  });

  it('tells a fragment at each item of a list, with its errors', async () => {
    const { next } = await shop.reading('{ media(first: 3) { id ... on Book @defer { stock } } }');
    await next();
    await until(() => shop.shipping.underWay.length === 1);
    shop.shipping.underWay[0]?.answer({
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
    const { next } = await shop.reading(query);

    expect(await next()).toEqual({ data: {}, hasNext: true });
    expect(await next()).toEqual({
      incremental: [{ data: { book: { title: 'Dune' } }, path: [], label: 'a' }],
      hasNext: true,
    });
    await until(() => shop.shipping.underWay.length === 1);
    shop.shipping.underWay[0]?.answer(stock(7));
    expect(await next()).toEqual({
      incremental: [{ data: { stock: 7 }, path: ['book'], label: 'b' }],
      hasNext: false,
    });
  });

  it('tells so many fragments later, and the others with what is around them', async () => {
    const names = Array.from({ length: MAX_DEFERRED + 2 }, (_, index) => `t${index}`);
    const fragments = names.map((name) => `... @defer { ${name}: title }`).join(' ');
    const [first, ...later] = await shop.ask(`{ book(isbn: "111") { ${fragments} } }`);

    expect(first).toMatchObject({ data: { book: { [names.at(-1)!]: 'Dune' } } });
    expect(Object.keys((first?.data as { book: object }).book)).toEqual(names.slice(MAX_DEFERRED));
    const told = later.flatMap(({ incremental = [] }) => incremental);
    const alone = told.map(({ data }) => Object.keys(data ?? {})[0]).sort();
    expect(alone).toEqual(names.slice(0, MAX_DEFERRED));
  });

  it('tells with what is null why a fragment in it is', async () => {
    const query = `{ version ... @defer { strict { ... @defer { sure } maybe } } }`;
    const [, ...later] = await shop.ask(query);
    const errors = later
      .flatMap(({ incremental = [] }) => incremental)
      .flatMap((one) => one.errors ?? []);

    expect(errors.map(({ path }) => path)).toEqual([['strict', 'sure']]);
  });

  it('tells the parts of one place as they come', async () => {
    const query = `{ book(isbn: "111") { title
      ... @defer(label: "slow") { stock } ... @defer(label: "fast") { authors { name } } } }`;
    const { next } = await shop.reading(query);

    await next();
    expect((await next())?.incremental?.[0]?.label).toBe('fast');
    shop.shipping.underWay[0]?.answer(stock(7));
    expect((await next())?.incremental?.[0]?.label).toBe('slow');
  });

  it('tells an error with the part that asks for its field, whatever brought both', async () => {
    const query = '{ version ... @defer { broken } }';
    const [first, later] = await shop.ask(query);

    expect(first?.errors).toBeUndefined();
    expect(later?.incremental?.[0]).toMatchObject({
      data: { broken: null },
      errors: [{ path: ['broken'] }],
    });
  });

  it('leaves null what was told to be null', async () => {
    const query = '{ strict { sure } ... @defer { strict { maybe } } }';
    const [first, later] = await shop.ask(query);

    expect(first).toMatchObject({ data: { strict: null }, errors: [{ path: ['strict', 'sure'] }] });
    expect(later?.incremental?.[0]?.data).toEqual({ strict: null });
  });

  it('tells nothing of a fragment on what is not there', async () => {
    const query = '{ book(isbn: "none") { title ... @defer { stock } } }';

    expect(await shop.ask(query)).toEqual([{ data: { book: null }, hasNext: false }]);
  });

  it('names the subgraph that is away where its fields are', async () => {
    const { next } = await shop.reading(
      '{ media(first: 1) { ... on Book { id ... @defer { reviews { id } } } } }',
    );
    await next();
    await until(() => shop.shipping.underWay.length === 1);
    shop.shipping.underWay[0]?.fail(new Error('connect ECONNREFUSED'));

    const last = await next();
    expect(last?.incremental?.[0]).toMatchObject({ data: { reviews: null }, path: ['media', 0] });
    expect(last?.incremental?.[0]?.errors?.[0]?.extensions?.['code']).toBe('SUBGRAPH_UNAVAILABLE');
  });

  it('gives up at the subgraphs when the client leaves', async () => {
    const controller = new AbortController();
    const { next } = await shop.reading(STOCK, { signal: controller.signal });
    await next();
    await until(() => shop.shipping.underWay.length === 1);

    controller.abort();

    await until(() => shop.shipping.underWay.length === 0);
  });

  it('comes to its end while the router closes', async () => {
    const { next } = await shop.reading(STOCK);
    await next();
    const closed = shop.served.router.close();
    await until(() => shop.shipping.underWay.length === 1);
    shop.shipping.underWay[0]?.answer(stock(7));

    expect((await next())?.hasNext).toBe(false);
    await closed;
  });

  it('reaches Apollo Client part by part', async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: shop.served.url }),
      cache: new InMemoryCache(),
      incrementalHandler: new Defer20220824Handler(),
    });
    const told: unknown[] = [];
    const query = gql(STOCK);
    const watching = client.watchQuery({ query }).subscribe(({ data }) => told.push(data));
    const book = (fields: object) => ({ book: { __typename: 'Book', ...fields } });

    await until(() => JSON.stringify(told).includes('Dune'));
    expect(told.at(-1)).toEqual(book({ title: 'Dune' }));
    shop.shipping.underWay[0]?.answer(stock(7));
    await until(() => JSON.stringify(told).includes('stock'));
    expect(told.at(-1)).toEqual(book({ title: 'Dune', stock: 7 }));
    watching.unsubscribe();
    client.stop();
  });
});
