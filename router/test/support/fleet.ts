import { GraphQLError } from 'graphql';
import type { Representation } from './planned.ts';
import type { SubgraphDefinitions } from './subgraphs.ts';

interface Reference {
  readonly id: string;
  readonly length?: number;
}

const people: Readonly<Record<string, { readonly name: string; readonly rank: string }>> = {
  a: { name: 'Ada', rank: 'Captain' },
  b: { name: 'Bob', rank: 'Mate' },
};

const ships = [
  { __typename: 'Ferry', id: 'f', name: 'Flo', length: 5, captain: { id: 'a' }, mate: { id: 'b' } },
  { __typename: 'Barge', id: 'g', name: 'Bea', length: 7, captain: { id: 'b' }, mate: { id: 'a' } },
];

const ship = ({ id }: Representation) => ships.find((one) => one.id === id);

const SHIP = 'id: ID! name: String length: Int captain: Person mate: Person';

/** An interface of two types, whose people and fees another subgraph knows: the first is a ferry, the second a barge. */
export const fleet: SubgraphDefinitions = {
  ships: {
    typeDefs: `
      type Query { ships: [Ship!]! }
      type Subscription { launched: Ship }
      interface Ship { ${SHIP} }
      type Ferry implements Ship @key(fields: "id") { ${SHIP} }
      type Barge implements Ship @key(fields: "id") { ${SHIP} }
      type Person @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: { ships: () => ships },
      Ferry: { __resolveReference: ship },
      Barge: { __resolveReference: ship },
      Subscription: {
        launched: {
          subscribe: async function* () {
            for (const launched of ships) yield { launched };
          },
        },
      },
    },
  },
  people: {
    typeDefs: `
      type Person @key(fields: "id") {
        id: ID! name(upper: Boolean = false): String rank: String secret: String! age: String
      }
      type Ferry @key(fields: "id") {
        id: ID! length: Int @external fee: Int @requires(fields: "length") guests: Int
      }
      type Barge @key(fields: "id") {
        id: ID! length: Int @external fee: Int @requires(fields: "length") tons: Int
      }`,
    resolvers: {
      Person: {
        __resolveReference: ({ id }: Representation) => ({ id, ...people[id] }),
        name: ({ name }: { name: string }, { upper }: { upper: boolean }) =>
          upper ? name.toUpperCase() : name,
        secret: () => null,
        age: ({ id }: Reference) => {
          if (id === 'a') return '40';
          throw new GraphQLError('Not told', { extensions: { code: 'NOT_TOLD' } });
        },
      },
      Ferry: {
        __resolveReference: (ferry: Reference) => ferry,
        fee: ({ length = 0 }: Reference) => length * 10,
        guests: () => 50,
      },
      Barge: {
        __resolveReference: (barge: Reference) => barge,
        fee: ({ length = 0 }: Reference) => length * 10,
        tons: () => 900,
      },
    },
  },
};
