import { buildSchema, parse } from 'graphql';
import { cacheControlOf } from '../src/subgraph/lifetimes.ts';

const schema = buildSchema(`
  scalar _Any
  union _Entity = Cup | Owner
  type Query { cups: [Cup] cup: Cup owner: Owner _entities(representations: [_Any!]!): [_Entity]! }
  type Mutation { fill: Cup }
  type Cup { id: ID! warmth: Int owner: Owner }
  type Owner { id: ID! }
`);
const LIFETIMES = { 'Query.cups': 60, 'Query.cup': 30, Cup: 60, 'Cup.warmth': 5 };
const said = (query: string) => cacheControlOf(schema, parse(query), LIFETIMES);
const entities = (fields: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`;

describe('how long answers may be kept', () => {
  it.each([
    ['{ cups { id } }', 'public, max-age=60'],
    ['{ __typename cups { id } }', 'public, max-age=60'],
    ['{ a: cups { id } cup { id } }', 'public, max-age=30'],
    ['{ cups { id warmth } }', 'public, max-age=5'],
    ['{ cups { ...F } } fragment F on Cup { heat: warmth }', 'public, max-age=5'],
    [entities('... on Cup { id }'), 'public, max-age=60'],
    [entities('... on Cup { warmth }'), 'public, max-age=5'],
  ])('is the least of what is said of its parts: %s', (query, expected) => {
    expect(said(query)).toBe(expected);
  });

  it.each([
    '{ owner { id } }',
    '{ cups { id } owner { id } }',
    '{ ... on Query { cups { id } } }',
    'mutation { fill { id } }',
    entities('... on Cup { id } ... on Owner { id }'),
    '{ __typename }',
  ])('is not said where something is not known to be for everybody: %s', (query) => {
    expect(said(query)).toBeUndefined();
  });
});
