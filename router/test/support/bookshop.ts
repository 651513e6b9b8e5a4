import type { SubgraphDefinitions } from './subgraphs.ts';

/**
 * Three subgraphs with everything that makes plans hard: entities with several keys, `@requires`,
 * `@provides`, `@shareable` values, interfaces, unions, nested lists, nulls and failing fields.
 */

interface Reference {
  __typename?: string;
  id: string;
  isbn?: string;
  weight?: number | null;
  size?: { height: number; width: number } | null;
}

const media = [
  { __typename: 'Book', id: 'b1', isbn: '111', title: 'Dune', pages: 412, authors: ['a1'] },
  { __typename: 'Book', id: 'b2', isbn: '222', title: null, pages: 90, authors: ['a1', 'a2'] },
  { __typename: 'Film', id: 'f1', title: 'Alien', minutes: 117, director: 'a2' },
  { __typename: 'Film', id: 'f2', title: 'Solaris', minutes: 167, director: null },
  { __typename: 'Book', id: 'b3', isbn: '333', title: 'Emma "E"\n', pages: 474, authors: [] },
];
const people = [
  { id: 'a1', name: 'Frank', country: { code: 'US' } },
  { id: 'a2', name: 'Ridley', country: { code: 'GB' } },
];
const find = (id: string) => media.find((one) => one.id === id) ?? null;
const person = (id: string | null) => people.find((one) => one.id === id) ?? null;
const number = (id: string): number => Number(id.slice(1));

const catalogue = {
  typeDefs: `
    type Query {
      media(first: Int = 10): [Media!]!
      medium(id: ID!): Media
      book(isbn: String!): Book
      shelf: [[Item]]
      search(text: String): [Result]
      broken: String
      strict: Strict
      version: String @shareable
    }
    type Mutation { rename(id: ID!, title: String!): Media  fail: Boolean }
    enum Genre { NOVEL DRAMA }
    interface Item { id: ID! title: String }
    interface Media implements Item { id: ID! title: String related: [Media!] genre: Genre }
    union Result = Book | Film | Person
    type Book implements Item & Media @key(fields: "id") @key(fields: "isbn") {
      id: ID! isbn: String! title: String pages: Int! related: [Media!] genre: Genre
      authors: [Person!]! firstAuthor: Person @provides(fields: "name") weight: Float size: Size
    }
    type Size @shareable { height: Int! width: Int! }
    type Film implements Item & Media @key(fields: "id") {
      id: ID! title: String minutes: Int related: [Media!] genre: Genre director: Person
    }
    type Person @key(fields: "id") { id: ID! name: String @external country: Country @shareable }
    type Country @shareable { code: String! }
    type Strict { sure: String! maybe: String }`,
  resolvers: {
    Query: {
      media: (_: unknown, { first }: { first: number }) => media.slice(0, first),
      medium: (_: unknown, { id }: { id: string }) => find(id),
      book: (_: unknown, { isbn }: { isbn: string }) => media.find((one) => one.isbn === isbn),
      shelf: () => [[media[0], null, media[2]], null, [], [media[1]]],
      search: () => [media[0], people[0], null, media[3], people[1]].map(typed),
      broken: () => {
        throw new Error('no');
      },
      strict: () => ({ sure: null, maybe: 'maybe' }),
      version: () => 'v1',
    },
    Mutation: {
      rename: (_: unknown, { id, title }: { id: string; title: string }) => {
        const one = find(id);
        return one && { ...one, title };
      },
      fail: () => {
        throw new Error('failed');
      },
    },
    Book: {
      __resolveReference: ({ id, isbn }: Reference) =>
        id ? find(id) : media.find((one) => one.isbn === isbn),
      related: ({ id }: Reference) => media.filter((one) => one.id !== id).slice(0, 2),
      genre: () => 'NOVEL',
      authors: ({ authors }: { authors: string[] }) => authors.map(person),
      firstAuthor: ({ authors }: { authors: string[] }) => person(authors[0] ?? null),
      weight: ({ pages }: { pages: number }) => (pages > 100 ? pages / 2 : null),
      size: ({ id }: Reference) => (id === 'b2' ? null : { height: 20, width: 13 }),
    },
    Film: {
      __resolveReference: ({ id }: Reference) => find(id),
      related: ({ id }: Reference) => (id === 'f1' ? null : [media[0]]),
      director: ({ director }: { director: string | null }) => person(director),
      genre: () => null,
    },
    Person: { __resolveReference: ({ id }: Reference) => person(id) },
  },
};

const persons = {
  typeDefs: `
    type Query { people: [Person!]! person(id: ID!): Person version: String @shareable }
    type Person @key(fields: "id") {
      id: ID! name: String @shareable country: Country @shareable mentor: Person born(calendar: String = "G"): String
      secretly: String
    }
    type Country @shareable { code: String! label: String! }`,
  resolvers: {
    Query: {
      people: () => people,
      person: (_: unknown, { id }: { id: string }) => person(id),
      version: () => 'v1',
    },
    Person: {
      __resolveReference: ({ id }: Reference) => person(id),
      mentor: ({ id }: Reference) => (id === 'a1' ? people[1] : null),
      born: ({ id }: Reference, { calendar }: { calendar: string }) => calendar + number(id),
      secretly: ({ id }: Reference) => {
        if (id === 'a2') throw new Error('secret');
        return 'open';
      },
    },
    Country: { label: ({ code }: { code: string }) => 'Country ' + code },
  },
};

const shipping = {
  typeDefs: `
    type Query { parcels: [Parcel!]! }
    type Parcel { id: ID! content: [Thing!]! }
    union Thing = Book | Film
    type Book @key(fields: "id") {
      id: ID! weight: Float @external size: Size @external
      postage: Float @requires(fields: "weight")
      crate: String @requires(fields: "size { height width } weight")
      stock: Int! reviews: [Review!]
    }
    type Size @shareable { height: Int! width: Int! }
    type Film @key(fields: "id") { id: ID! stock: Int reviews: [Review!] }
    type Review { id: ID! stars: Int by: Person about: Film }
    type Person @key(fields: "id") { id: ID! parcels: [Parcel!] }`,
  resolvers: {
    Query: {
      parcels: () => [
        { id: 'p1', content: [{ __typename: 'Book', id: 'b1' }] },
        {
          id: 'p2',
          content: [
            { __typename: 'Film', id: 'f1' },
            { __typename: 'Book', id: 'b2' },
          ],
        },
      ],
    },
    Book: {
      __resolveReference: (reference: Reference) => reference,
      postage: ({ weight }: Reference) => (weight ? weight * 2 : null),
      crate: ({ size, weight }: Reference) => size && `${size.height}x${size.width}/${weight}`,
      stock: ({ id }: Reference) => (id === 'b2' ? null : number(id)),
      reviews: ({ id }: Reference) => reviewsOf(id),
    },
    Film: {
      __resolveReference: (reference: Reference) => reference,
      stock: ({ id }: Reference) => number(id),
      reviews: ({ id }: Reference) => reviewsOf(id),
    },
    Person: {
      __resolveReference: (reference: Reference) => reference,
      parcels: ({ id }: Reference) => (id === 'a1' ? [{ id: 'p1', content: [] }] : null),
    },
  },
};

function reviewsOf(id: string) {
  if (id === 'f2') return null;
  return [1, 2].map((stars) => ({
    id: `${id}-${stars}`,
    stars,
    by: stars === 1 ? { id: 'a1' } : { id: 'a2' },
    about: { id: 'f1' },
  }));
}

function typed(one: (typeof media)[number] | (typeof people)[number] | undefined | null) {
  return one && ('name' in one ? { __typename: 'Person', ...one } : one);
}

export const bookshop: SubgraphDefinitions = { catalogue, persons, shipping };
