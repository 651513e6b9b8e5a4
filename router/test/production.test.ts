import { getIntrospectionQuery } from 'graphql';
import { definitions } from './support/hello.ts';
import { serve, type ServedRouter } from './support/serve.ts';

let served: ServedRouter;

beforeAll(async () => {
  served = await serve(definitions);
});

afterAll(() => served.router.close());

describe('production', () => {
  it('tells nothing of its inside when something fails', async () => {
    const { body } = await served.post({ query: '{ bad }' });

    expect(body.errors?.[0]?.extensions).not.toHaveProperty('stacktrace');
    expect(JSON.stringify(body)).not.toMatch(/SELECT|10\.0\.0\.7|\.ts:\d/);
  });

  it.each([
    ['a field', '{ helo }'],
    ['an argument', '{ hello(nam: "a") }'],
    ['a type', '{ ... on Quer { hello } }'],
    ['a variable type', 'query ($a: Strin) { hello(name: $a) }'],
  ])('suggests nothing for %s', async (_name, query) => {
    const { body } = await served.post({ query });

    expect(body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(body)).not.toContain('Did you mean');
  });

  it.each(['/', '/graphql', '/graphiql', '/sandbox', '/playground'])(
    'has no IDE at %s',
    async (path) => {
      const answer = await served.fetch(path, { headers: { accept: 'text/html' } });

      expect(await answer.text()).not.toMatch(/<script|<html/i);
    },
  );

  it('refuses the schema, also in a fragment and under an alias', async () => {
    for (const query of [
      getIntrospectionQuery(),
      '{ a: __schema { queryType { name } } }',
      '{ ...S } fragment S on Query { __schema { queryType { name } } }',
    ]) {
      const { body } = await served.post({ query });
      expect(body.data).toBeUndefined();
      expect(body.errors?.[0]?.message).toContain('Introspection is off');
    }
  });

  it('answers __type and __typename', async () => {
    const { body } = await served.post({ query: '{ __typename __type(name: "Query") { name } }' });

    expect(body).toEqual({ data: { __typename: 'Query', __type: { name: 'Query' } } });
  });
});

describe('a page of another site', () => {
  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', 'text/plain'])(
    'cannot send %s',
    async (type) => {
      const { status } = await served.post({ query: '{ hello }' }, { 'content-type': type });
      expect(status).toBe(400);
    },
  );

  it('cannot send a GET without a preflight, nor a mutation by GET', async () => {
    const preflight = { 'apollo-require-preflight': 'yes' };

    expect((await served.fetch('/graphql?query={hello}')).status).toBe(400);
    const mutation = await served.fetch('/graphql?query=mutation{greet}', { headers: preflight });
    expect(mutation.status).toBe(405);
    expect(
      served.subgraphs.get('hello').requests.filter(({ query }) => /greet/.test(query)),
    ).toEqual([]);
  });
});
