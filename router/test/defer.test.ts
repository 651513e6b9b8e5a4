import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { bookshop } from './support/bookshop.ts';
import { serve, type ServedRouter } from './support/serve.ts';

const DEFERRED = `
  query ($later: Boolean! = true) {
    media { id ...Rest @defer(if: $later, label: "rest") }
  }
  fragment Rest on Media { title ... on Book @defer { authors { name } } }`;

let served: ServedRouter;

beforeAll(async () => {
  served = await serve(bookshop, { mode: 'development' });
});

afterAll(() => served.router.close());

it.each([true, false])('answers at once who takes no parts: $later = %s', async (later) => {
  const plain = DEFERRED.replace(/ @defer(\([^)]*\))?/g, '').replace(
    '($later: Boolean! = true)',
    '',
  );
  const expected = await served.post({ query: plain });
  const actual = await served.post({ query: DEFERRED, variables: { later } });

  expect(expected.body.errors).toBeUndefined();
  expect(actual.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(actual.body.data).toEqual(expected.body.data);
});

it('answers Apollo Client, which goes on with what it asked to defer', async () => {
  const client = new ApolloClient({
    link: new HttpLink({ uri: served.url }),
    cache: new InMemoryCache(),
    incrementalHandler: new Defer20220824Handler(),
  });
  const query = gql`
    query {
      book(isbn: "111") {
        title
        ... @defer {
          authors {
            name
          }
        }
      }
    }
  `;

  const { data, error } = await client.query<{ book: { title: string; authors: object[] } }>({
    query,
  });

  expect(error).toBeUndefined();
  expect(data?.book.title).toEqual(expect.any(String));
  expect(data?.book.authors).not.toHaveLength(0);
  client.stop();
});

it.each([
  ['on a field', '{ version @defer }'],
  ['twice', '{ ... @defer @defer { version } }'],
  ['with a condition that is none', '{ ... @defer(if: "x") { version } }'],
  ['with an argument that it has not', '{ ... @defer(when: true) { version } }'],
])('refuses to defer %s', async (_, query) => {
  const { body } = await served.post({ query });

  expect(body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
});

it('does not promise to defer', async () => {
  const { body } = await served.post({ query: '{ __schema { directives { name } } }' });

  expect(JSON.stringify(body)).toContain('"skip"');
  expect(JSON.stringify(body)).not.toContain('"defer"');
});
