import fc from 'fast-check';
import type { ExecutionResult } from 'graphql';
import type { Router } from '../src/index.ts';
import { bookshop } from './support/bookshop.ts';
import { compareAtRandom, startCompared } from './support/comparison.ts';
import type { Oracle } from './support/oracle.ts';
import { planners } from './support/planners.ts';

const FRAGMENTS = `
  query ($long: Boolean! = true, $no: Boolean = false) {
    media { ...Short ...Long @include(if: $long) ... on Film @skip(if: $no) { minutes } }
  }
  fragment Short on Media { __typename id }
  fragment Long on Item { title ... on Book { pages authors { name } } ...Short }`;

/** Where the errors are. */
const paths = ({ errors = [] }: ExecutionResult): string[] =>
  errors.map(({ path }) => path?.join('.') ?? '').sort();

describe.each(planners)('planned by $name', (planner) => {
  let router: Router;
  let oracle: Oracle;

  beforeAll(async () => {
    ({ router, oracle } = await startCompared(planner, bookshop));
  });

  afterAll(async () => {
    await router.close();
    await oracle.close();
  });

  it.each([
    ['a value of one subgraph', '{ version }'],
    ['aliases', '{ a: medium(id: "b1") { t: title title k: __typename } b: version }'],
    ['entities of another subgraph', '{ people { id name mentor { name born } parcels { id } } }'],
    ['an interface', '{ media { __typename id title genre related { id ... on Book { isbn } } } }'],
    ['a union', '{ search { __typename ... on Book { pages } ... on Person { name born } } }'],
    ['lists in lists with nulls', '{ shelf { id title ... on Book { pages postage } } }'],
    ['@requires', '{ media { ... on Book { postage crate stock } ... on Film { left: stock } } }'],
    ['@provides', '{ book(isbn: "111") { firstAuthor { name id born(calendar: "J") } } }'],
    [
      'a shared value type',
      '{ people { country { code label } } media { ... on Book { authors { country { code label } } } } }',
    ],
    ['null for a field that is never null', '{ media { id ... on Book { stock } } }'],
    ['null that reaches the root', '{ media { ... on Book { stock } } version }'],
    ['null that stops half way', '{ strict { sure maybe } version }'],
    ['errors of root fields', '{ broken version }'],
    [
      'errors of entities',
      '{ people { name secretly } media { ... on Book { authors { secretly } } } }',
    ],
    [
      'deep joins',
      '{ parcels { content { ... on Book { title reviews { stars by { name parcels { id } } about { title stock } } } ... on Film { title reviews { by { mentor { name } } } } } } }',
    ],
    ['fragments and conditions', FRAGMENTS],
    [
      'a mutation',
      'mutation { rename(id: "b1", title: "New") { title ... on Book { stock authors { name } } } }',
    ],
    [
      'mutations one after the other',
      'mutation { a: rename(id: "f1", title: "x") { title } fail b: rename(id: "b3", title: "y") { id title } }',
    ],
    [
      'introspection beside data',
      '{ __type(name: "Book") { name fields { name } } version __schema { queryType { name } } }',
    ],
    [
      'what does not exist',
      '{ medium(id: "zz") { id title } book(isbn: "zz") { stock } person(id: "zz") { born } }',
    ],
  ])('answers like the oracle: %s', async (_name, query) => {
    const expected = await oracle.execute(query);
    const actual = await router.execute({ query });

    expect(actual.data).toEqual(expected.data);
    expect(paths(actual)).toEqual(paths(expected));
  });

  it.each([true, false])('answers like the oracle with $long = %s', async (long) => {
    const expected = await oracle.execute(FRAGMENTS, { long });
    expect((await router.execute({ query: FRAGMENTS, variables: { long } })).data).toEqual(
      expected.data,
    );
  });

  it('answers random operations like the oracle', async () => {
    planner.left.length = 0;
    await compareAtRandom({ router, oracle }, fc.constant(bookshop), () => {});
    expect(planner.left).toEqual([]);
  }, 3_600_000);
});
