import { planned, type Representation } from './support/planned.ts';
import { planners } from './support/planners.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const zoo: SubgraphDefinitions = {
  zoo: {
    typeDefs: `
      type Query { animals: [Animal!]! }
      interface Animal @key(fields: "id") { id: ID! legs: Int }
      type Bird implements Animal @key(fields: "id") { id: ID! legs: Int wings: Int }
      type Horse implements Animal @key(fields: "id") { id: ID! legs: Int }`,
    resolvers: {
      Query: { animals: () => ['b', 'h'].map(animal) },
      Animal: { __resolveReference: ({ id }: Representation) => animal(id) },
      Bird: { __resolveReference: ({ id }: Representation) => animal(id) },
      Horse: { __resolveReference: ({ id }: Representation) => animal(id) },
    },
  },
  care: {
    typeDefs: `
      type Query { hungriest: Animal }
      type Animal @key(fields: "id") @interfaceObject {
        id: ID! legs: Int @external meals: Int shoes: Int @requires(fields: "legs") next: Animal
      }`,
    resolvers: {
      Query: { hungriest: () => ({ id: 'h' }) },
      Animal: {
        __resolveReference: (reference: Representation) => reference,
        meals: () => 3,
        next: () => ({ id: 'b' }),
        shoes: ({ legs }: Representation) => legs,
      },
    },
  },
};

function animal(id: string) {
  const kind =
    id === 'b' ? { __typename: 'Bird', wings: 2, legs: 2 } : { __typename: 'Horse', legs: 4 };
  return { id, ...kind };
}

describe.each(planners)('interface objects, planned by $name', (planner) => {
  it('are not asked for their type where nobody wants to know it', async () => {
    const { ask, requestsTo } = await planned(planner, zoo);

    expect(await ask('{ hungriest { id meals } }')).toEqual({ hungriest: { id: 'h', meals: 3 } });
    expect(requestsTo('zoo')).toEqual([]);
  });

  it.each([true, false])('tell it where a condition asks for it: %s', async (more) => {
    const { ask, requestsTo } = await planned(planner, zoo);
    const query = `query ($more: Boolean!) {
      hungriest { meals __typename @include(if: $more) ... on Horse @include(if: $more) { legs } }
    }`;

    expect(await ask(query, { more })).toEqual({
      hungriest: more ? { meals: 3, __typename: 'Horse', legs: 4 } : { meals: 3 },
    });
    expect(requestsTo('zoo').length > 0).toBe(more);
  });

  it('do not take the place of a type that is known', async () => {
    const { ask } = await planned(planner, zoo);

    expect(
      await ask('{ animals { ... on Horse { shoes __typename } ... on Bird { wings } } }'),
    ).toEqual({
      animals: [{ wings: 2 }, { shoes: 4, __typename: 'Horse' }],
    });
  });

  it.each([
    ['{ ... on Bird { meals } ... on Horse { shoes } }', { shoes: 4 }],
    ['{ ... on Horse { meals } ... on Bird { id } }', { meals: 3 }],
    ['{ ... on Horse { shoes } ... on Bird { shoes } }', { shoes: 4 }],
    [
      '{ ... on Horse { meals next { id } } ... on Bird { next { meals } } }',
      { meals: 3, next: { id: 'b' } },
    ],
  ])('are asked by each type for what it wants: %s', async (selection, hungriest) => {
    // Of these Hive's plans would leave one type out, so that Apollo's count.
    const { attempt } = await planned(planner, zoo);

    expect(await attempt(`{ hungriest ${selection} }`)).toEqual({
      data: { hungriest },
      errors: [],
    });
  });

  it('are told of which type they are where one asks for another by a type', async () => {
    // Hive's plan would look for the second by a key that it does not ask for, so that Apollo's counts.
    const { attempt } = await planned(planner, zoo);

    expect(
      await attempt('{ animals { next { ... on Horse { next { __typename } } } __typename } }'),
    ).toEqual({
      data: {
        animals: [
          { next: {}, __typename: 'Bird' },
          { next: {}, __typename: 'Horse' },
        ],
      },
      errors: [],
    });
  });
});
