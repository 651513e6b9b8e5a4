import fc from 'fast-check';
import { getIntrospectionQuery, parse } from 'graphql';
import { sizeOf } from '../src/protection/limits/operation-size.ts';
import { definitions } from './support/hello.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { connectTo } from './support/socket.ts';

let served: ServedRouter;

beforeEach(async () => {
  served = await serve(definitions);
});

afterEach(() => served.router.close());

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Fragments that double at each step: a thousand million million fields in 50 lines. */
const BOMB = `{ ...F0 } ${times(50, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)}
  fragment F50 on Query { hello }`;

const tooLarge: [string, string, string, number][] = [
  [
    '101 aliases',
    `{ __type(name: "Query") { ${times(101, (at) => `a${at}: name`)} } }`,
    'ALIAS',
    30,
  ],
  ['101 aliased root fields', `{ ${times(101, (at) => `a${at}: hello`)} }`, 'ROOT_FIELD', 20],
  ['500 duplicates of a root field', `{ ${'hello '.repeat(500)} }`, 'ROOT_FIELD', 20],
  [
    '500 duplicates of a field',
    `{ __type(name: "Query") { ${'name '.repeat(500)} } }`,
    'FIELD',
    400,
  ],
  ['a depth of 50', '{ a '.repeat(50) + '}'.repeat(50), 'DEPTH', 20],
  ['31 directives', `{ ${times(31, () => '... @include(if: true) { hello }')} }`, 'ROOT_FIELD', 20],
  ['31 directives on one field', `{ hello ${'@include(if: true) '.repeat(31)} }`, 'DIRECTIVE', 30],
  ['nested fragments that explode', BOMB, 'ROOT_FIELD', 20],
  [
    'an unused fragment',
    `{ hello } fragment F on Query ${'{ a '.repeat(50)} ${'}'.repeat(50)}`,
    'DEPTH',
    20,
  ],
  ['2,001 tokens', `{ ${'hello '.repeat(1_999)} }`, 'TOKEN', 2_000],
  ['nesting without end', '{ a '.repeat(20_000), 'TOKEN', 2_000],
];

describe('an operation that is too large is refused before anything of it is carried out', () => {
  it.each(tooLarge)('%s', async (_name, query, limited, limit) => {
    const { status, body } = await served.post({ query });

    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        message: expect.stringContaining(`: ${limit} at most`) as string,
        extensions: { code: `${limited}_LIMIT_EXCEEDED`, limit },
      },
    ]);
    expect(served.subgraphs.get('hello').requests).toEqual([]);
  });

  it('over WebSocket, too', async () => {
    const socket = await connectTo(served.url, {});
    await socket.until('connection_ack');
    for (const [index, [, query]] of tooLarge.entries()) {
      socket.send({ id: String(index), type: 'subscribe', payload: { query } });
    }
    socket.send({ id: 'last', type: 'subscribe', payload: { query: '{ hello }' } });
    await socket.until('next');

    const codes = socket.received
      .filter(({ type }) => type === 'error')
      .map(({ payload }) => (payload as { extensions: { code: string } }[])[0]?.extensions.code);
    expect(codes.sort()).toEqual(tooLarge.map(([, , name]) => `${name}_LIMIT_EXCEEDED`).sort());
    expect(served.subgraphs.get('hello').requests).toHaveLength(1);
    socket.socket.close();
  });

  it('also where ten directives are repeated that may not be', async () => {
    const { body } = await served.post({ query: `{ hello ${'@skip(if: false) '.repeat(10)} }` });

    expect(body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(served.subgraphs.get('hello').requests).toEqual([]);
  });
});

it('takes the introspection of IDEs', async () => {
  const development = await serve(definitions, { mode: 'development' });

  const { body } = await development.post({ query: getIntrospectionQuery() });

  expect(body.errors).toBeUndefined();
  await development.router.close();
});

it('goes as far as it is told', async () => {
  const strict = await serve(definitions, { limits: { maxRootFields: 1 } });

  const { body } = await strict.post({ query: '{ a: hello b: hello }' });

  expect(body.errors?.[0]?.extensions).toEqual({ code: 'ROOT_FIELD_LIMIT_EXCEEDED', limit: 1 });
  await strict.router.close();
});

it('counts a fragment wherever it is spread, as if it stood there', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const selections = fc.letrec<{ set: string; one: string }>((tie) => ({
    set: fc.array(tie('one'), { minLength: 1, maxLength: 3 }).map((all) => `{ ${all.join(' ')} }`),
    one: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'x: a', 'a @skip(if: true)'),
      tie('set').map((set) => `b ${set}`),
      tie('set').map((set) => `... ${set}`),
    ),
  }));
  fc.assert(
    fc.property(selections.set, fc.integer({ min: 1, max: 3 }), (set, count) => {
      const spread = `{ ${'...F '.repeat(count)} } fragment F on Query ${set}`;
      const inline = `{ ${`... ${set} `.repeat(count)} }`;
      expect(sizeOf(parse(spread))).toEqual(sizeOf(parse(inline)));
    }),
    { seed },
  );
});

it('leaves fragments that spread themselves to validation', async () => {
  const query = '{ ...A } fragment A on Query { hello ...B } fragment B on Query { ...A }';

  const { body } = await served.post({ query });

  expect(body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
});

describe('variables', () => {
  const query = 'query ($name: String) { hello(name: $name) }';

  it('may have lists of so many items', async () => {
    const variables = { more: { ids: Array<number>(1_001).fill(1) } };

    const { body } = await served.post({ query, variables });

    expect(body.errors?.[0]).toEqual({
      message: 'The variable "$more" has a list of too many items: 1000 at most',
      extensions: { code: 'LIST_LIMIT_EXCEEDED', limit: 1_000 },
    });
  });

  it('may not be nested without end', async () => {
    const nested = '['.repeat(50_000) + ']'.repeat(50_000);

    const { body } = await served.post(`{"query":"{ hello }","variables":{"deep":${nested}}}`);

    expect(body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});

it('refuses a body that is too large', async () => {
  const { status, body } = await served.post({ query: `{ hello } # ${'x'.repeat(1_000_000)}` });

  expect(status).toBe(413);
  expect(body.errors?.[0]?.extensions).toEqual({ code: 'BODY_LIMIT_EXCEEDED', limit: 262_144 });
});

describe('a batch', () => {
  const batch = (count: number) => Array.from({ length: count }, () => ({ query: '{ hello }' }));

  it('is refused by default', async () => {
    const { status, body } = await served.post(batch(10));

    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'BATCH_LIMIT_EXCEEDED', limit: 1 });
    expect(served.subgraphs.get('hello').requests).toEqual([]);
  });

  it('is answered one by one, in order, where it is allowed', async () => {
    const allowing = await serve(definitions, { limits: { maxBatch: 3 } });

    const answer = await allowing.post([
      { query: '{ hello(name: "a") }' },
      { query: '{ nope }' },
      { query: '{ hello(name: "b") }' },
    ]);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      { data: { hello: 'hello a' } },
      { errors: [expect.objectContaining({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })] },
      { data: { hello: 'hello b' } },
    ]);
    await allowing.router.close();
  });

  it.each([
    ['too many', 4, 'BATCH_LIMIT_EXCEEDED'],
    ['none', 0, 'BAD_REQUEST'],
  ])('of %s is refused', async (_name, count, code) => {
    const allowing = await serve(definitions, { limits: { maxBatch: 3 } });

    const { body } = await allowing.post(batch(count));

    expect(body.errors?.[0]?.extensions['code']).toBe(code);
    expect(allowing.subgraphs.get('hello').requests).toEqual([]);
    await allowing.router.close();
  });
});
