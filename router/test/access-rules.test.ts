import { loadSupergraph } from '../src/supergraph/supergraph.ts';
import { both, implies, satisfies, type Requirement } from '../src/protection/requirement.ts';
import { composed } from './support/subgraphs.ts';

const sdl = composed({
  people: {
    typeDefs: `
      type Query { all: [Node!]! }
      interface Node { id: ID! email: String }
      type User implements Node { id: ID! email: String @requiresScopes(scopes: [["mail"]]) }
      type Bot implements Node { id: ID! email: String }
      type Ghost @authenticated { id: ID! }
      union Any = User | Ghost
      type Mutation { make: Ghost  some: [Any] }`,
    resolvers: {},
  },
});

const MAIL: Requirement = [['authenticated', 'scope:mail']];
const SIGNED_IN: Requirement = [['authenticated']];

it('keeps what composition sums up on an interface from closing its open types', () => {
  const { rules } = loadSupergraph(sdl);

  expect(rules.ofField('User', 'email')).toEqual(MAIL);
  expect(rules.ofField('Bot', 'email')).toBeUndefined();
  expect(rules.ofField('Query', 'all')).toBeUndefined();
});

it('holds a rule that was written on an interface for all of its types', () => {
  const written = sdl.replace(/(interface Node[^}]*id: ID!)/, '$1 @authenticated');
  const { rules } = loadSupergraph(written);

  expect(rules.ofField('User', 'id')).toEqual(SIGNED_IN);
  expect(rules.ofField('Bot', 'id')).toEqual(SIGNED_IN);
  expect(rules.ofField('Bot', 'email')).toBeUndefined();
});

it('asks for the rights of a type wherever its objects come from', () => {
  const { rules } = loadSupergraph(sdl);

  expect(rules.ofField('Mutation', 'make')).toEqual(SIGNED_IN);
  expect(rules.ofField('Ghost', 'id')).toEqual(SIGNED_IN);
  expect(rules.ofType('Ghost')).toEqual(SIGNED_IN);
  expect(rules.ofField('Mutation', 'some')).toBeUndefined();
});

it('finds the directives under other names', () => {
  const renamed = sdl
    .replace('authenticated/v0.1"', 'authenticated/v0.1", as: "auth"')
    .replaceAll('@authenticated', '@auth');
  const { rules } = loadSupergraph(renamed);

  expect(rules.ofField('Ghost', 'id')).toEqual(SIGNED_IN);
});

it('reckons with alternatives', () => {
  const aOrB: Requirement = [['a'], ['b']];

  expect(both(aOrB, [['c']])).toEqual([
    ['a', 'c'],
    ['b', 'c'],
  ]);
  expect(both(aOrB, [['a']])).toEqual([['a']]);
  expect(both(undefined, aOrB)).toBe(aOrB);
  expect(implies([['a', 'x'], ['b']], aOrB)).toBe(true);
  expect(implies(aOrB, [['a']])).toBe(false);
  expect(satisfies(new Set(['b']), aOrB)).toBe(true);
  expect(satisfies(new Set(['c']), aOrB)).toBe(false);
});
