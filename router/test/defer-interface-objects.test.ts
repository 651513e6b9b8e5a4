import { until } from './support/events.ts';
import { HeldCalls } from './support/held-calls.ts';
import { PARTS, partsOf, type Part } from './support/parts.ts';
import { serve } from './support/serve.ts';

const definitions = {
  fleet: {
    typeDefs: `
      type Query { version: String }
      interface Vessel @key(fields: "id") { id: ID! name: String }
      type Ship implements Vessel @key(fields: "id") { id: ID! name: String }
      type Boat implements Vessel @key(fields: "id") { id: ID! name: String }`,
    resolvers: {},
  },
  ratings: {
    typeDefs: `
      type Query { best: Vessel }
      type Vessel @key(fields: "id") @interfaceObject { id: ID! rival: Vessel }`,
    resolvers: {},
  },
};

const QUERY = `{
  ... @defer(label: "rival") { best { __typename rival { __typename } } }
  ... @defer(label: "name") { best { name } }
}`;

it('keeps the type of an object that another part asks for as an interface object', async () => {
  const calls = { fleet: new HeldCalls(), ratings: new HeldCalls() };
  const transports = ({ name }: { readonly name: string }) => calls[name as keyof typeof calls];
  const { fetch, router } = await serve(definitions, { transports, mode: 'development' });
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: PARTS },
    body: JSON.stringify({ query: QUERY }),
  });
  const parts = partsOf(response);
  const next = async () => ((await parts.next()).value as Part).incremental;
  expect(await next()).toBeUndefined();
  const vessel = (id: string) => ({ __typename: 'Vessel', id });
  const askedFor = (subgraph: keyof typeof calls, what: string) => {
    const found = calls[subgraph].underWay.find(({ request }) =>
      (request.query + JSON.stringify(request.variables)).includes(what),
    );
    if (!found) throw new Error(`Nobody asks ${subgraph} for ${what}`);
    return found;
  };

  await until(() => calls.ratings.underWay.length === 2);
  askedFor('ratings', 'rival').answer({ data: { best: { ...vessel('1'), rival: vessel('2') } } });
  await until(() => calls.fleet.underWay.length === 2);
  askedFor('fleet', '"1"').answer({ data: { _entities: [{ __typename: 'Ship' }] } });
  calls.ratings.underWay[0]?.answer({ data: { best: vessel('1') } });
  await until(() => calls.fleet.underWay.length === 2);
  askedFor('fleet', '"2"').answer({ data: { _entities: [{ __typename: 'Boat' }] } });
  expect(await next()).toEqual([
    {
      data: { best: { __typename: 'Ship', rival: { __typename: 'Boat' } } },
      path: [],
      label: 'rival',
    },
  ]);
  askedFor('fleet', 'name').answer({ data: { _entities: [{ __typename: 'Ship', name: 'Ada' }] } });
  expect(await next()).toEqual([{ data: { best: { name: 'Ada' } }, path: [], label: 'name' }]);
  await router.close();
});
