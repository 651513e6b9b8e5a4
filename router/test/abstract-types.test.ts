import { planned, type Representation } from './support/planned.ts';
import { planners } from './support/planners.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const works = [
  { __typename: 'Book', id: 'b', title: 'Dune', pages: 412 },
  { __typename: 'Film', id: 'f', title: 'Alien', minutes: 117 },
];
const work = ({ id }: Representation) => works.find((one) => one.id === id);

const library: SubgraphDefinitions = {
  works: {
    typeDefs: `
      type Query { works: [Work!]! found: [Found] book: Book grid: [[Work]] }
      interface Named { title: String }
      interface Work implements Named @key(fields: "id") { id: ID! title: String }
      type Book implements Work & Named @key(fields: "id") { id: ID! title: String pages: Int mark: String }
      type Film implements Work & Named @key(fields: "id") { id: ID! title: String minutes: Int mark: Int! }
      type Shop { city: String }
      union Found = Book | Film | Shop`,
    resolvers: {
      Query: {
        works: () => works,
        found: () => [works[0], null, { __typename: 'Shop', city: 'Riga' }, works[1]],
        book: () => works[0],
        grid: () => [[works[0], null], null, [works[1]]],
      },
      Work: { __resolveReference: work },
      Book: { __resolveReference: work, mark: () => 'm' },
      Film: { __resolveReference: work, mark: () => 7 },
    },
  },
  stars: {
    typeDefs: `
      type Query { best: Work worst: [Work!] }
      type Work @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
    resolvers: {
      Query: { best: () => ({ id: 'b' }), worst: () => [{ id: 'f' }, { id: 'b' }] },
      Work: {
        __resolveReference: ({ id }: Representation) => ({ id }),
        stars: ({ id }: Representation) => (id === 'b' ? 5 : 2),
      },
    },
  },
  shelves: {
    typeDefs: `
      type Book @key(fields: "id") { id: ID! place: String }
      type Film @key(fields: "id") { id: ID! place: Int! }`,
    resolvers: {
      Book: { __resolveReference: (one: Representation) => one, place: () => 'left' },
      Film: { __resolveReference: (one: Representation) => one, place: () => 3 },
    },
  },
};

describe.each(planners)('abstract types, planned by $name', (planner) => {
  const cases: [string, string, unknown][] = [
    [
      'fields of an interface',
      '{ works { title } }',
      { works: [{ title: 'Dune' }, { title: 'Alien' }] },
    ],
    [
      'conditions on an interface within a union',
      '{ found { ... on Named { title } ... on Shop { city } } }',
      { found: [{ title: 'Dune' }, null, { city: 'Riga' }, { title: 'Alien' }] },
    ],
    [
      'the type alone',
      '{ found { __typename } }',
      {
        found: [{ __typename: 'Book' }, null, { __typename: 'Shop' }, { __typename: 'Film' }],
      },
    ],
    [
      'lists in lists',
      '{ grid { ... on Book { place } } }',
      { grid: [[{ place: 'left' }, null], null, [{}]] },
    ],
    [
      'one name for fields of several types in one subgraph',
      '{ works { ... on Book { x: pages } ... on Film { y: mark } } }',
      { works: [{ x: 412 }, { y: 7 }] },
    ],
    [
      'fields of one name and different types from another subgraph',
      '{ works { ... on Book { left: place } ... on Film { right: place } } }',
      { works: [{ left: 'left' }, { right: 3 }] },
    ],
    [
      'a condition that no object meets',
      '{ book { ... on Named { ... on Film { minutes } } title } }',
      { book: { title: 'Dune' } },
    ],
    [
      'what an interface object adds to each type',
      '{ works { __typename stars } book { stars } }',
      {
        works: [
          { __typename: 'Book', stars: 5 },
          { __typename: 'Film', stars: 2 },
        ],
        book: { stars: 5 },
      },
    ],
    [
      'an interface object as the way in',
      '{ best { stars } worst { stars id } }',
      {
        best: { stars: 5 },
        worst: [
          { stars: 2, id: 'f' },
          { stars: 5, id: 'b' },
        ],
      },
    ],
    [
      'fields of an interface behind an interface object',
      '{ worst { __typename title } }',
      {
        worst: [
          { __typename: 'Film', title: 'Alien' },
          { __typename: 'Book', title: 'Dune' },
        ],
      },
    ],
  ];

  it.each(cases)('%s', async (_name, query, data) => {
    const { ask } = await planned(planner, library);

    expect(await ask(query)).toEqual(data);
  });

  it('tells types apart behind an interface object', async () => {
    const { attempt } = await planned(planner, library);
    const query =
      '{ worst { __typename title ... on Book { pages place } ... on Film { minutes stars } } }';

    // Hive's planner finds no plan while a third subgraph has such a type; then Apollo's is asked.
    expect(await attempt(query)).toEqual({
      data: {
        worst: [
          { __typename: 'Film', title: 'Alien', minutes: 117, stars: 2 },
          { __typename: 'Book', title: 'Dune', pages: 412, place: 'left' },
        ],
      },
      errors: [],
    });
  });
});
