import fc from 'fast-check';
import { createRouter, type Hooks, type RouterOptions } from '../src/index.ts';
import { Overrides } from '../src/planning/overrides.ts';
import { gateway, planners } from './support/planners.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

/** Fields that move from one subgraph to another, each by a label; each tells where it was asked. */
const moving = (labels: Readonly<Record<string, string>>): SubgraphDefinitions => {
  const fields = Object.keys(labels);
  const toldBy = (subgraph: string) =>
    Object.fromEntries(fields.map((field) => [field, () => subgraph]));
  const moved = Object.entries(labels).map(
    ([field, label]) => `${field}: String @override(from: "old", label: "${label}")`,
  );
  return {
    old: {
      typeDefs: `
        type Query { item: Item }
        type Item @key(fields: "id") { id: ID! ${fields.map((field) => `${field}: String`).join(' ')} }`,
      resolvers: { Query: { item: () => ({ id: '1' }) }, Item: toldBy('old') },
    },
    new: {
      typeDefs: `type Item @key(fields: "id") { id: ID! ${moved.join(' ')} }`,
      resolvers: {
        Item: { ...toldBy('new'), __resolveReference: ({ id }: { id: string }) => ({ id }) },
      },
    },
  };
};

const LABELS = { few: 'percent(5)', some: 'percent(30.5)', named: 'new-item' };
const QUERY = '{ item { few some named } }';

/** Numbers that chance gives, one after the other. */
const drawing = (numbers: readonly number[]) => {
  const left = [...numbers];
  return { next: () => left.shift() ?? 0.999 };
};

async function open(
  labels: Readonly<Record<string, string>>,
  options: Partial<RouterOptions> = {},
) {
  const definitions = moving(labels);
  const router = await createRouter({
    supergraph: composed(definitions),
    transports: localSubgraphs(definitions).transports,
    random: drawing([]),
    ...options,
  });
  return {
    router,
    async ask(query = QUERY): Promise<unknown> {
      const { data, errors } = await router.execute({ query });
      expect(errors).toBeUndefined();
      return data?.['item'];
    },
  };
}

describe.each([...planners, gateway])('progressive overrides, $name', ({ options }) => {
  it('sends the share of the requests that a percentage says to the new subgraph', async () => {
    const random = drawing(Array.from({ length: 200 }, (_, index) => index / 200));
    const { ask } = await open(LABELS, { ...options, random });
    const counts = { few: 0, some: 0, named: 0 };

    for (let request = 0; request < 200; request += 1) {
      const item = (await ask()) as Record<keyof typeof counts, string>;
      for (const field of ['few', 'some', 'named'] as const) {
        if (item[field] === 'new') counts[field] += 1;
      }
    }

    expect(counts).toEqual({ few: 10, some: 61, named: 0 });
  });

  it('turns named labels on by setting, for all requests', async () => {
    const { ask } = await open(LABELS, { ...options, overrideLabels: ['new-item', 'unknown'] });

    expect(await ask()).toEqual({ few: 'old', some: 'old', named: 'new' });
  });

  it('lets a hook turn them on for one request', async () => {
    const onRequest: Hooks['onRequest'] = ({ request, headers }) =>
      headers['x-beta'] ? { ...request, overrideLabels: ['new-item'] } : undefined;
    const { router } = await open(LABELS, { ...options, hooks: { onRequest } });
    const ask = (headers: Record<string, string>) =>
      router.execute({ query: '{ item { named } }', headers });

    const answers = await Promise.all([ask({ 'x-beta': '1' }), ask({})]);

    expect(answers.map(({ data }) => data?.['item'])).toEqual([{ named: 'new' }, { named: 'old' }]);
  });

  it('goes by the percentages of a new supergraph', async () => {
    const { router, ask } = await open(LABELS, { ...options, random: { next: () => 0.2 } });
    const before = await ask();

    await router.reload(composed(moving({ ...LABELS, few: 'percent(25)', some: 'percent(10)' })));

    expect(before).toEqual({ few: 'old', some: 'new', named: 'old' });
    expect(await ask()).toEqual({ few: 'new', some: 'old', named: 'old' });
  });

  it('plans once for all draws between two percentages', async () => {
    const made: string[] = [];
    const onPlan: Hooks['onPlan'] = ({ overrideLabels }) => made.push(overrideLabels.join());
    const random = drawing([0.01, 0.04, 0.06, 0.3, 0.31, 0.9]);
    const { ask } = await open(LABELS, { ...options, random, hooks: { onPlan } });

    for (let request = 0; request < 6; request += 1) await ask();

    expect(made).toEqual(['percent(30.5),percent(5)', 'percent(30.5)', '']);
  });

  it('plans beforehand for whatever chance may decide', async () => {
    const made: string[] = [];
    const onPlan: Hooks['onPlan'] = ({ overrideLabels }) => made.push(overrideLabels.join());
    const random = drawing([0.01, 0.2, 0.9, 0.02, 0.3, 0.99]);
    const { router, ask } = await open(LABELS, {
      ...options,
      random,
      hooks: { onPlan },
      overrideLabels: ['new-item'],
      manifest: JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'one', body: QUERY }],
      }),
    });
    const atTheStart = made.splice(0).sort();
    for (let request = 0; request < 3; request += 1) await ask();

    expect(atTheStart).toEqual([
      'new-item',
      'new-item,percent(30.5)',
      'new-item,percent(30.5),percent(5)',
    ]);
    expect(made).toEqual([]);

    await router.reload(composed(moving({ ...LABELS, some: 'percent(60)' })));
    const atTheReload = made.splice(0);
    for (let request = 0; request < 3; request += 1) await ask();

    expect(atTheReload).toHaveLength(3);
    expect(made).toEqual([]);
  });
});

it('takes no label from clients', async () => {
  const { router } = await open(LABELS);
  const { url } = await router.listen(0, '127.0.0.1');
  const body = JSON.stringify({ query: '{ item { named } }', overrideLabels: ['new-item'] });
  const headers = { 'content-type': 'application/json' };

  const response = await fetch(url.replace('localhost', '127.0.0.1'), {
    method: 'POST',
    headers,
    body,
  });

  expect(await response.json()).toEqual({ data: { item: { named: 'old' } } });
  await router.close();
});

describe('deciding on labels', () => {
  const percentages = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { maxLength: 6 });

  it('has one outcome more than percentages at most, all of them expected', () => {
    fc.assert(
      fc.property(
        percentages,
        fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true })),
        (tenths, draws) => {
          const labels = tenths.map((tenth) => `percent(${tenth / 10})`);
          const random = { next: () => draws.shift() ?? 0 };
          const overrides = new Overrides(labels, { named: [], random });
          const expected = new Set(overrides.likely.map(({ key }) => key));

          const drawn = [...draws].map((draw) => {
            const { key, on } = overrides.decide();
            expect(on).toEqual(
              new Set(labels.filter((_, index) => draw * 100 < (tenths[index] ?? 0) / 10)),
            );
            return key;
          });

          expect(expected.size).toBeLessThanOrEqual(labels.length + 1);
          for (const key of drawn) expect(expected).toContain(key);
        },
      ),
    );
  });

  it('keeps to what was drawn before', () => {
    const overrides = new Overrides(['percent(50)'], { named: [], random: { next: () => 0.9 } });

    expect(overrides.decide([], 10).on).toEqual(new Set(['percent(50)']));
    expect(overrides.decide().on).toEqual(new Set());
  });
});
