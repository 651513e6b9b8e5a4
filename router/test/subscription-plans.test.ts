import { createRouter } from '../src/index.ts';
import type { Representation } from './support/planned.ts';
import { gateway, planners } from './support/planners.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

const definitions: SubgraphDefinitions = {
  kitchen: {
    typeDefs: `
      type Query { version: String }
      type Subscription { ready(from: Int! = 1): Dish }
      type Dish @key(fields: "id") { id: ID! }`,
    resolvers: {
      Subscription: {
        ready: {
          subscribe: async function* (_: unknown, { from }: { from: number }) {
            for (const id of [from, from + 1]) yield { ready: { id: String(id) } };
          },
        },
      },
    },
  },
  menu: {
    typeDefs: `
      type Dish @key(fields: "id") { id: ID! name: String cook: Cook }
      type Cook @key(fields: "id") { id: ID! }`,
    resolvers: {
      Dish: {
        __resolveReference: ({ id }: Representation) => ({ id }),
        name: ({ id }: Representation) => 'Dish ' + id,
        cook: ({ id }: Representation) => ({ id: 'c' + id }),
      },
    },
  },
  staff: {
    typeDefs: 'type Cook @key(fields: "id") { id: ID! name: String! }',
    resolvers: {
      Cook: {
        __resolveReference: ({ id }: Representation) => ({ id }),
        name: ({ id }: Representation) => {
          if (id === 'c2') throw new Error('nobody knows');
          return 'Cook ' + id;
        },
      },
    },
  },
};

describe.each([...planners, gateway])('subscriptions, planned by $name', (planner) => {
  it('fetches for each event what other subgraphs know, and lets null rise in that event alone', async () => {
    const subgraphs = localSubgraphs(definitions);
    const router = await createRouter({
      supergraph: composed(definitions),
      transports: subgraphs.transports,
      ...planner.options,
    });
    const query = `subscription ($from: Int!, $more: Boolean!) {
      dish: ready(from: $from) { name cook @include(if: $more) { name } }
    }`;

    const events: unknown[] = [];
    for await (const { data, errors } of router.subscribe({
      query,
      variables: { from: 1, more: true },
    })) {
      events.push({ data, errors: errors?.map(({ path }) => path?.join('.')) });
    }

    expect(events).toEqual([
      { data: { dish: { name: 'Dish 1', cook: { name: 'Cook c1' } } }, errors: undefined },
      { data: { dish: { name: 'Dish 2', cook: null } }, errors: ['dish.cook.name'] },
    ]);
    expect(planner.left).toEqual([]);
    await router.close();
  });
});
