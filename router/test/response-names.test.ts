import { createRouter } from '../src/index.ts';
import { fleet } from './support/fleet.ts';
import { merged, PARTS, partsOf, type Part } from './support/parts.ts';
import { planned } from './support/planned.ts';
import { gateway, planners } from './support/planners.ts';
import { serve } from './support/serve.ts';
import { composed, localSubgraphs } from './support/subgraphs.ts';

/** What clients call fields, where plans may mistake one for another: the answers for the ferry and for the barge. */
const cases: [string, string, object, object][] = [
  [
    'one name of two fields of another subgraph',
    '... on Ferry { captain { x: name } } ... on Barge { captain { x: rank } }',
    { captain: { x: 'Ada' } },
    { captain: { x: 'Mate' } },
  ],
  [
    'one name of a field with different arguments',
    '... on Ferry { captain { name } } ... on Barge { captain { name(upper: true) } }',
    { captain: { name: 'Ada' } },
    { captain: { name: 'BOB' } },
  ],
  [
    'one name of two objects',
    '... on Ferry { x: captain { y: name } } ... on Barge { x: mate { y: rank } }',
    { x: { y: 'Ada' } },
    { x: { y: 'Captain' } },
  ],
  [
    'one name of fields of two types',
    '... on Ferry { x: guests } ... on Barge { x: tons }',
    { x: 50 },
    { x: 900 },
  ],
  [
    'the name of a key',
    'id: name captain { id: rank name }',
    { id: 'Flo', captain: { id: 'Captain', name: 'Ada' } },
    { id: 'Bea', captain: { id: 'Mate', name: 'Bob' } },
  ],
  [
    'the name of a key beside fields of another subgraph',
    'id: name ... on Ferry { fee }',
    { id: 'Flo', fee: 50 },
    { id: 'Bea' },
  ],
  [
    'the name of what is required',
    'length: name ... on Ferry { fee } ... on Barge { fee }',
    { length: 'Flo', fee: 50 },
    { length: 'Bea', fee: 70 },
  ],
  [
    'the name of the type',
    '__typename: name captain { __typename: rank } ... on Ferry { fee }',
    { __typename: 'Flo', captain: { __typename: 'Captain' }, fee: 50 },
    { __typename: 'Bea', captain: { __typename: 'Mate' } },
  ],
  [
    'names that the router could give',
    'id: name id_1: length id_2: __typename _typename_1: id __typename: mate { name }',
    { id: 'Flo', id_1: 5, id_2: 'Ferry', _typename_1: 'f', __typename: { name: 'Bob' } },
    { id: 'Bea', id_1: 7, id_2: 'Barge', _typename_1: 'g', __typename: { name: 'Ada' } },
  ],
  [
    'the same names in fragments that are spread at two places',
    'captain { ...Names } mate { ...Names } ... on Ferry { mate { id: rank } }',
    { captain: { n: 'ADA', name: 'Ada' }, mate: { n: 'BOB', name: 'Bob', id: 'Mate' } },
    { captain: { n: 'BOB', name: 'Bob' }, mate: { n: 'ADA', name: 'Ada' } },
  ],
];

const FRAGMENT = 'fragment Names on Person { n: name(upper: true) name }';
const queryOf = (selections: string): string =>
  `{ ships { ${selections} } } ${selections.includes('...Names') ? FRAGMENT : ''}`;

describe.each([...planners, gateway])('response names, planned by $name', (planner) => {
  it.each(cases)('answers with %s', async (_name, selections, ferry, barge) => {
    const router = await planned(planner, fleet);

    expect(await router.ask(queryOf(selections))).toEqual({ ships: [ferry, barge] });
  });

  it('tells by the names of clients where errors are', async () => {
    const router = await planned(planner, fleet);

    const query =
      '{ ships { ... on Ferry { mate { id: age } } ... on Barge { id: mate { name: secret } } } }';
    expect(await router.attempt(query)).toEqual({
      data: { ships: [{ mate: { id: null } }, { id: null }] },
      errors: ['ships.0.mate.id', 'ships.1.id.name'],
    });
  });

  it('introspects by the names of clients', async () => {
    const router = await planned(planner, fleet);

    const query = `
      { ships { id: name } __type(name: "Person") { id: name ...Kind } }
      fragment Kind on __Type { length: kind }`;
    expect(await router.ask(query)).toEqual({
      ships: [{ id: 'Flo' }, { id: 'Bea' }],
      __type: { id: 'Person', length: 'OBJECT' },
    });
  });

  it('tells events by the names of clients', async () => {
    const subgraphs = localSubgraphs(fleet);
    const router = await createRouter({
      supergraph: composed(fleet),
      transports: subgraphs.transports,
      ...planner.options,
    });

    const events: unknown[] = [];
    const query = 'subscription { id: launched { id: name captain { id: rank } } }';
    for await (const { data, errors = [] } of router.subscribe({ query })) {
      events.push(data, ...errors);
    }
    await router.close();

    expect(events).toEqual([
      { id: { id: 'Flo', captain: { id: 'Captain' } } },
      { id: { id: 'Bea', captain: { id: 'Mate' } } },
    ]);
  });
});

it.each(planners)('tells parts by the names of clients, planned by $name', async ({ options }) => {
  const served = await serve(fleet, options);
  const query = `{ id: ships { id: name
    ... @defer { ... on Ferry { mate { id: age } } ... on Barge { mate { id: name } } } } }`;
  const response = await served.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: PARTS },
    body: JSON.stringify({ query }),
  });
  const parts: Part[] = [];
  for await (const part of partsOf(response)) parts.push(part);
  await served.router.close();

  expect(parts[0]).toMatchObject({ data: { id: [{ id: 'Flo' }, { id: 'Bea' }] }, hasNext: true });
  const { data, errors } = merged(parts);
  expect(data).toEqual({
    id: [
      { id: 'Flo', mate: { id: null } },
      { id: 'Bea', mate: { id: 'Ada' } },
    ],
  });
  expect(errors.map(({ path }) => path?.join('.'))).toEqual(['id.0.mate.id']);
});
