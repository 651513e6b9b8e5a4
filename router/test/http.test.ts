import { definitions } from './support/hello.ts';
import { serve, type ServedRouter } from './support/serve.ts';

let served: ServedRouter;

beforeEach(async () => {
  served = await serve(definitions);
});

afterEach(() => served.router.close());

const codes = (errors: { extensions: Record<string, unknown> }[] | undefined) =>
  errors?.map((error) => error.extensions['code']);

describe('requests that cannot be answered', () => {
  it.each([
    ['malformed JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['a missing query', {}, 400, 'BAD_REQUEST'],
    ['a query that is no string', { query: 1 }, 400, 'BAD_REQUEST'],
    ['variables that are no object', { query: '{ hello }', variables: [1] }, 400, 'BAD_REQUEST'],
    ['a syntax error', { query: '{ hello' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nope }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation',
      { query: 'query A { hello }', operationName: 'B' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'several operations and no name',
      { query: 'query A { hello } query B { hello }' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'a variable of the wrong type',
      { query: 'query ($n: String) { hello(name: $n) }', variables: { n: 1 } },
      400,
      'BAD_USER_INPUT',
    ],
    [
      'the schema in production',
      { query: '{ __schema { types { name } } }' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'an alias that is no name',
      { query: '{ __proto__: hello }' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a variable by the name of one of plans',
      { query: 'query ($representations: String) { hello(name: $representations) }' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('refuses %s', async (_name, body, status, code) => {
    const accept = 'application/graphql-response+json';

    const answer = await served.post(body, { accept });

    expect(answer.status).toBe(status);
    expect(codes(answer.body.errors)).toEqual([code]);
    expect(answer.headers.get('content-type')).toBe(accept + '; charset=utf-8');
    expect(served.subgraphs.get('hello').requests).toEqual([]);
  });

  it('refuses media types that it does not speak', async () => {
    expect((await served.post({ query: '{ hello }' }, { accept: 'text/html' })).status).toBe(406);
    expect((await served.post('{}', { 'content-type': 'application/xml' })).status).toBe(415);
  });

  it('suggests nothing in production and does in development', async () => {
    const development = await serve(definitions, { mode: 'development' });
    const query = '{ helo }';

    const [inProduction] = (await served.post({ query })).body.errors ?? [];
    const [inDevelopment] = (await development.post({ query })).body.errors ?? [];

    expect(inProduction?.message).not.toContain('Did you mean');
    expect(inDevelopment?.message).toContain('Did you mean "hello"?');
    await development.router.close();
  });

  it('answers __typename and __type even where introspection is off', async () => {
    const { body } = await served.post({ query: '{ __typename __type(name: "Query") { name } }' });

    expect(body).toEqual({ data: { __typename: 'Query', __type: { name: 'Query' } } });
  });
});

describe('forged requests', () => {
  it.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['a form with files', 'multipart/form-data'],
    ['plain text', 'text/plain'],
  ])('refuses %s', async (_name, type) => {
    const answer = await served.post({ query: '{ hello }' }, { 'content-type': type });

    expect(answer.status).toBe(400);
    expect(codes(answer.body.errors)).toEqual(['BAD_REQUEST']);
  });

  it('refuses a GET that needs no preflight and takes one that does', async () => {
    const path = '/graphql?query={hello}';

    expect((await served.fetch(path)).status).toBe(400);
    const asked = await served.fetch(path, { headers: { 'x-apollo-operation-name': 'Hello' } });
    expect(await asked.json()).toEqual({ data: { hello: 'hello world' } });
  });

  it('refuses a mutation by GET', async () => {
    const answer = await served.fetch('/graphql?query=mutation{greet}', {
      headers: { 'apollo-require-preflight': 'yes' },
    });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(served.subgraphs.get('hello').requests).toEqual([]);
  });
});

describe('other origins', () => {
  const preflight = (to: ServedRouter, origin: string) =>
    to.fetch('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });

  it('allows the listed ones, with credentials', async () => {
    const shop = await serve(definitions, { corsOrigins: ['https://shop.example'] });

    const allowed = await preflight(shop, 'https://shop.example');
    const refused = await preflight(shop, 'https://evil.example');

    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'content-type,authorization',
    });
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    await shop.router.close();
  });

  it('allows none in production unless told, and localhost in development', async () => {
    const development = await serve(definitions, { mode: 'development' });
    const origin = 'http://localhost:3000';

    expect((await preflight(served, origin)).headers.get('access-control-allow-origin')).toBeNull();
    expect((await preflight(development, origin)).headers.get('access-control-allow-origin')).toBe(
      origin,
    );
    await development.router.close();
  });
});

describe('pages', () => {
  it('tells that it lives and whether it is ready', async () => {
    let database = true;
    const { fetch: get, router } = await serve(definitions, {
      readiness: async () => ({ database }),
    });

    expect((await get('/health')).status).toBe(200);
    const ready = await get('/ready');
    database = false;
    const unready = await get('/ready');

    expect(ready.status).toBe(200);
    expect(unready.status).toBe(503);
    expect(await unready.json()).toEqual({
      status: 'not ready',
      checks: { supergraph: true, database: false },
    });
    await router.close();
  });

  it('serves every file of GraphiQL itself in development and none in production', async () => {
    const development = await serve(definitions, { mode: 'development' });
    const page = await (await development.fetch('/graphiql')).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    const local = files.filter((file) => !file.startsWith('data:'));

    expect(local).toHaveLength(6);
    for (const file of local) expect((await development.fetch(file)).status).toBe(200);
    expect((await served.fetch('/graphiql')).status).toBe(404);
    await development.router.close();
  });

  it('serves the pages of its host', async () => {
    const hosted = await serve(definitions, {
      routes: [
        {
          method: 'GET',
          path: '/outbox',
          handle: (_request, response) => void response.end('mail'),
        },
      ],
    });

    expect(await (await hosted.fetch('/outbox')).text()).toBe('mail');
    expect((await hosted.fetch('/outbox', { method: 'POST' })).status).toBe(405);
    expect((await hosted.fetch('/nowhere')).status).toBe(404);
    await hosted.router.close();
  });
});
