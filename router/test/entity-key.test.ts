import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { compileEntityKey } from '../src/execution/entity-key.ts';
import { compileRepresentation } from '../src/execution/representation.ts';
import type { Requirement } from '../src/planning/plan.ts';
import { Subtypes } from '../src/supergraph/subtypes.ts';

const subtypes = new Subtypes(
  buildSchema(`
    type Query { node: Node }
    interface Node { id: ID }
    type Book implements Node { id: ID }
    type Shelf implements Node { id: ID }`),
);

const field = (name: string, selections?: readonly Requirement[]): Requirement => ({
  kind: 'Field',
  name,
  as: name,
  selections,
});
const fragment = (type: string, ...names: string[]): Requirement => ({
  kind: 'Fragment',
  type,
  selections: names.map((name) => field(name)),
});

const requirements: readonly Requirement[] = [
  field('__typename'),
  fragment('Node', 'id'),
  fragment('Book', 'id', 'isbn'),
  field('place', [field('x')]),
];

/** Few different values, so that equal ones are met, and such as run together when they are put side by side. */
const leaf = fc.constantFrom(
  '',
  '1',
  '11',
  '1:1',
  '\n',
  'null',
  1,
  11,
  null,
  true,
  ['1'],
  undefined,
);
const object = fc.record(
  {
    __typename: fc.constantFrom('Book', 'Shelf', 'Strange'),
    id: leaf,
    isbn: leaf,
    place: fc.oneof(leaf, fc.record({ x: leaf, more: leaf }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);

it('gives two objects one key only when they are represented alike', () => {
  const keyOf = compileEntityKey(requirements, subtypes);
  const represent = compileRepresentation(requirements, subtypes);
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const property = fc.property(fc.array(object, { maxLength: 60 }), (objects) => {
    const represented = new Map<string, unknown>();
    for (const each of objects) {
      const key = keyOf(each);
      if (represented.has(key)) expect(represent(each)).toEqual(represented.get(key));
      else represented.set(key, represent(each));
    }
  });
  fc.assert(property, { seed, numRuns: 300 });
});

it('gives objects that differ in what is not required one key', () => {
  const keyOf = compileEntityKey(requirements, subtypes);
  const book = { __typename: 'Book', id: '1', isbn: '2', place: { x: 1 } };

  expect(keyOf({ ...book, title: 'Dune', place: { x: 1, y: 2 } })).toBe(keyOf(book));
  expect(keyOf({ ...book, isbn: '3' })).not.toBe(keyOf(book));
});
