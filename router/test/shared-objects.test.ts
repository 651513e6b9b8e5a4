import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { areEqual } from '../src/execution/shared-objects.ts';
import { planned, type Representation } from './support/planned.ts';
import { planners } from './support/planners.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

/** A shelf on which the same books stand more than once; one of them cannot be priced. */
const library: SubgraphDefinitions = {
  shelves: {
    typeDefs: `
      type Query { shelf: [Place!]! }
      type Place { number: Int! book: Book note: String! }
      type Book @key(fields: "id") { id: ID! author: Author }
      type Author @key(fields: "name") { name: String! books: [Book] }`,
    resolvers: {
      Query: { shelf: () => ['a', 'b', 'a', 'b', 'a'].map(place) },
    },
  },
  prices: {
    typeDefs: `
      type Book @key(fields: "id") { id: ID! price: Int tax: Int! }
      type Author @key(fields: "name") { name: String! born: Int }`,
    resolvers: {
      Book: {
        __resolveReference: (reference: Representation) => reference,
        price: ({ id }: Representation) => {
          if (id === 'b') throw new Error('There is no price');
          return 10;
        },
        tax: ({ id }: Representation) => (id === 'b' ? null : 2),
      },
      Author: {
        __resolveReference: itself,
        born: ({ name }: Representation) => String(name).length,
      },
    },
  },
};

function itself(reference: Representation) {
  return reference;
}

function place(id: string, number: number) {
  const author = { name: 'author of ' + id, books: [{ id }, { id: 'c' }] };
  return { number, book: { id, author }, note: `note ${number}` };
}

describe.each(planners)('equal objects of an answer, planned by $name', (planner) => {
  it('are asked for once, and all of them are filled', async () => {
    const { ask, requestsTo } = await planned(planner, library);

    const data = await ask('{ shelf { number book { id author { name born books { id } } } } }');

    expect(data).toEqual({
      shelf: ['a', 'b', 'a', 'b', 'a'].map((id, number) => ({
        number,
        book: {
          id,
          author: { name: 'author of ' + id, born: 11, books: [{ id }, { id: 'c' }] },
        },
      })),
    });
    const [request] = requestsTo('prices');
    expect(Object.values(request?.variables ?? {})[0]).toHaveLength(2);
  });

  it('are null at each of their places, which is told of each', async () => {
    const { attempt } = await planned(planner, library);

    const { data, errors } = await attempt('{ shelf { book { id price } } }');

    const shelf = (data as { shelf: { book: unknown }[] }).shelf;
    expect(shelf.map(({ book }) => book)).toEqual([
      { id: 'a', price: 10 },
      { id: 'b', price: null },
      { id: 'a', price: 10 },
      { id: 'b', price: null },
      { id: 'a', price: 10 },
    ]);
    expect(errors).toEqual(['shelf.1.book.price', 'shelf.3.book.price']);
  });

  it('take what is around them with them where they must not be null, and others not', async () => {
    const { attempt } = await planned(planner, library);

    const { data, errors } = await attempt('{ shelf { number book { id tax } } }');

    expect((data as { shelf: unknown[] }).shelf).toEqual([
      { number: 0, book: { id: 'a', tax: 2 } },
      { number: 1, book: null },
      { number: 2, book: { id: 'a', tax: 2 } },
      { number: 3, book: null },
      { number: 4, book: { id: 'a', tax: 2 } },
    ]);
    expect(errors).toEqual(['shelf.1.book.tax', 'shelf.3.book.tax']);
  });
});

/** What is told of a captain depends on the ship. */
const ships: SubgraphDefinitions = {
  harbour: {
    typeDefs: `
      type Query { ships: [Ship!]! }
      interface Ship { captain: Captain number: Int }
      type Ferry implements Ship @key(fields: "number") { captain: Captain @shareable number: Int }
      type Barge implements Ship @key(fields: "number") { captain: Captain @shareable number: Int }
      type Captain @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: {
        ships: () =>
          ['Ferry', 'Barge', 'Ferry'].map((__typename, number) => {
            return { __typename, number, captain: { id: 'c' } };
          }),
      },
    },
  },
  people: {
    typeDefs: 'type Captain @key(fields: "id") { id: ID! name: String rank: String boss: Captain }',
    resolvers: {
      Captain: {
        __resolveReference: itself,
        name: () => 'Ann',
        rank: () => 'first',
        boss: () => ({ id: 'b' }),
      },
    },
  },
  logs: {
    typeDefs: `
      type Ferry @key(fields: "number") { number: Int captain: Captain @shareable }
      type Barge @key(fields: "number") { number: Int captain: Captain @shareable }
      type Captain @key(fields: "id") { id: ID! trips: Int }`,
    resolvers: {
      Ferry: { __resolveReference: itself },
      Barge: { __resolveReference: itself },
      Captain: { __resolveReference: itself, trips: () => 7 },
    },
  },
};

describe.each(planners)(
  'equal objects in objects of different types, planned by $name',
  (planner) => {
    it.each([
      [
        '... on Ferry { captain { name } } ... on Barge { captain { rank } }',
        [{ name: 'Ann' }, { rank: 'first' }, { name: 'Ann' }],
      ],
      [
        'captain { id trips } ... on Ferry { captain { name } }',
        [
          { id: 'c', trips: 7, name: 'Ann' },
          { id: 'c', trips: 7 },
          { id: 'c', trips: 7, name: 'Ann' },
        ],
      ],
      [
        'captain { trips } ... on Barge { captain { boss { name } } }',
        [{ trips: 7 }, { trips: 7, boss: { name: 'Ann' } }, { trips: 7 }],
      ],
    ])('get what is asked of each: %s', async (selection, captains) => {
      const { attempt } = await planned(planner, ships);

      const { data, errors } = await attempt(`{ ships { ${selection} } }`);

      expect(errors).toEqual([]);
      expect((data as { ships: unknown[] }).ships).toEqual(
        captains.map((captain) => ({ captain })),
      );
    });
  },
);

const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, 0, 1, 'a', ''),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
})).value;

it('finds values equal that are the same all through', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.info(`Repeat with SEED=${seed}`);
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(areEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(areEqual(a, structuredClone(a))).toBe(true);
    }),
    { seed, numRuns: 2_000 },
  );
});
