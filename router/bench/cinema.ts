import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import type { ListSizes } from './generated-data.ts';

/** Subgraphs that every federation gateway can compose, also those that know federation 1 alone. */
export const cinema: Readonly<Record<string, string>> = {
  bookings: `
    extend type Query { booking(id: ID!): Booking }
    type Booking @key(fields: "id") { id: ID! seat: String! paid: Boolean! showing: Showing! }
    extend type Showing @key(fields: "id") { id: ID! @external }`,
  screens: `
    type Showing @key(fields: "id") { id: ID! startsAt: String! screen: Int! film: Film! }
    extend type Film @key(fields: "id") { id: ID! @external isShowing: Boolean! seatsLeft: Int! }`,
  films: `
    extend type Query { popular: [Film!]! }
    type Film @key(fields: "id") { id: ID! title: String! year: Int! minutes: Int! }`,
  prices: `
    extend type Film @key(fields: "id") { id: ID! @external price: Float! }`,
  people: `
    extend type Query { people: [Person!]! }
    type Person @key(fields: "id") { id: ID! name: String! handle: String! }`,
  reviews: `
    type Review @key(fields: "id") { id: ID! text: String! author: Person! film: Film! }
    extend type Film @key(fields: "id") { id: ID! @external reviews: [Review!]! }
    extend type Person @key(fields: "id") { id: ID! @external reviews: [Review!]! }`,
};

export const cinemaSizes: ListSizes = {
  'Query.people': 12,
  'Query.popular': 9,
  'Film.reviews': 2,
  'Person.reviews': 3,
};

/** Three fetches one after the other, each for what nobody asked for before. */
export const UNIQUE = `query Unique($id: ID!) {
  booking(id: $id) { id seat paid showing { id startsAt screen film { id title year minutes } } }
}`;

/** The same entities at many places and depths. */
export const HEAVY = `
  fragment PersonFields on Person { id name handle }
  fragment FilmFields on Film { id title year minutes isShowing seatsLeft price }
  query Heavy {
    people {
      ...PersonFields
      reviews {
        id text
        film {
          ...FilmFields
          reviews {
            id text
            author { ...PersonFields reviews { id text film { ...FilmFields } } }
          }
        }
      }
    }
    popular {
      ...FilmFields
      reviews {
        id text
        author { ...PersonFields reviews { id text film { ...FilmFields } } }
      }
    }
  }`;

export function composedCinema(url: (subgraph: string) => string): string {
  const services = Object.entries(cinema).map(([name, sdl]) => ({
    name,
    url: url(name),
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
