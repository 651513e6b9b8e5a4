import { createRouter } from '../src/index.ts';
import type { SubgraphRequest } from '../src/index.ts';

/** As composition of federation 1 printed it. */
const supergraph = `
schema
  @core(feature: "https://specs.apollo.dev/core/v0.2"),
  @core(feature: "https://specs.apollo.dev/join/v0.1", for: EXECUTION)
{
  query: Query
}

directive @core(as: String, feature: String!, for: core__Purpose) repeatable on SCHEMA
directive @join__field(graph: join__Graph, provides: join__FieldSet, requires: join__FieldSet) on FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__owner(graph: join__Graph!) on INTERFACE | OBJECT
directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on INTERFACE | OBJECT

enum core__Purpose { EXECUTION SECURITY }
scalar join__FieldSet
enum join__Graph {
  PEOPLE @join__graph(name: "people" url: "http://people.invalid")
  POSTS @join__graph(name: "posts" url: "http://posts.invalid")
}

type Query { me: User @join__field(graph: PEOPLE) }

type User
  @join__owner(graph: PEOPLE)
  @join__type(graph: PEOPLE, key: "id")
  @join__type(graph: POSTS, key: "id")
{
  id: ID! @join__field(graph: PEOPLE)
  name: String @join__field(graph: PEOPLE)
  posts: [String!] @join__field(graph: POSTS)
}
`;

const answers: Record<string, Record<string, unknown>> = {
  people: { me: { __typename: 'User', id: '1', name: 'Ada' } },
  posts: { _entities: [{ posts: ['first'] }] },
};

it('serves a supergraph of federation 1', async () => {
  const asked: SubgraphRequest[] = [];
  const router = await createRouter({
    supergraph,
    transports: ({ name }) => ({
      async execute(request) {
        asked.push(request);
        return { data: answers[name] };
      },
      async *subscribe() {},
    }),
  });

  const { data } = await router.execute({ query: '{ me { name posts } }' });

  expect(data).toEqual({ me: { name: 'Ada', posts: ['first'] } });
  expect(asked[1]?.variables).toEqual({ representations: [{ __typename: 'User', id: '1' }] });
  await router.close();
});
