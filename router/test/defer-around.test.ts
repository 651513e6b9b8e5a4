import { bookshop } from './support/bookshop.ts';
import { until } from './support/events.ts';
import type { Part } from './support/parts.ts';
import { openInParts, STOCK, stock, type ShopInParts } from './support/shop-in-parts.ts';

let shop: ShopInParts;

afterEach(() => shop.served.router.close());

describe('around an answer in parts', () => {
  it('ends what takes too long with its reason', async () => {
    shop = await openInParts({ requestTimeoutMs: 5_000 });
    const { next } = await shop.reading(STOCK);
    await next();
    await until(() => shop.shipping.underWay.length === 1);

    shop.clock.advance(6);

    const last = await next();
    expect(last?.hasNext).toBe(false);
    expect(last?.errors?.[0]?.extensions?.['code']).toBe('REQUEST_TIMEOUT');
  });

  it('refuses in its part what the caller may not see', async () => {
    const { catalogue, ...others } = bookshop;
    if (!catalogue) throw new Error('There is a catalogue');
    const typeDefs = catalogue.typeDefs.replace('pages: Int!', 'pages: Int! @authenticated');
    shop = await openInParts({}, { ...others, catalogue: { ...catalogue, typeDefs } });

    const [first, later] = await shop.ask(
      '{ book(isbn: "111") { title ... @defer { isbn pages } } }',
    );

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

  it('tells an error once that came before its part', async () => {
    const { catalogue, ...others } = bookshop;
    if (!catalogue) throw new Error('There is a catalogue');
    const maybe = (): never => {
      throw new Error('no');
    };
    const query = {
      ...(catalogue.resolvers['Query'] as object),
      strict: () => ({ sure: '', maybe }),
    };
    const resolvers = { ...catalogue.resolvers, Query: query };
    shop = await openInParts({}, { ...others, catalogue: { ...catalogue, resolvers } });
    const { next } = await shop.reading(`{
      strict { sure ... @defer { maybe } }
      book(isbn: "111") { ... @defer { stock } }
    }`);
    await next();
    expect((await next())?.incremental?.[0]?.errors).toMatchObject([{ path: ['strict', 'maybe'] }]);
    await until(() => shop.shipping.underWay.length === 1);
    shop.shipping.underWay[0]?.answer(stock(7));

    expect((await next())?.incremental).toEqual([{ data: { stock: 7 }, path: ['book'] }]);
  });

  it('asks the hook for each part', async () => {
    const texts: string[] = [];
    shop = await openInParts({
      hooks: {
        onResponse({ json }) {
          texts.push(json);
          return { headers: { 'x-seen': String(texts.length) } };
        },
      },
    });
    const { response, next } = await shop.reading(STOCK);
    await next();
    await until(() => shop.shipping.underWay.length === 1);
    shop.shipping.underWay[0]?.answer(stock(7));
    await next();

    expect(response.headers.get('x-seen')).toBe('1');
    expect(texts.map((text) => (JSON.parse(text) as Part).hasNext)).toEqual([true, false]);
  });

  it('is told at once by the executor of ApolloGateway', async () => {
    shop = await openInParts({ engine: 'gateway' });
    const response = await shop.respond('{ version ... @defer { book(isbn: "111") { title } } }');

    expect(await response.json()).toEqual({ data: { version: 'v1', book: { title: 'Dune' } } });
  });
});
