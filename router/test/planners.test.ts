import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { ApolloPlanner } from '../src/planning/apollo-planner.ts';
import { loadPlanner } from '../src/planning/planners.ts';
import { loadSupergraph } from '../src/supergraph/supergraph.ts';
import { silentLogger } from '../src/system/logger.ts';
import { harbour } from './support/harbour.ts';
import { definitions as hello } from './support/hello.ts';
import { composed } from './support/subgraphs.ts';

/** A planner by name, and what it told. */
async function load(sdl: string, loadHive?: Parameters<typeof loadPlanner>[0]['loadHive']) {
  const told: string[] = [];
  const log = {
    ...silentLogger,
    warn: (_fields: object, message: string) => void told.push(message),
  };
  const createPlanner = await loadPlanner({ planner: 'hive', log, loadHive });
  return { planner: createPlanner(loadSupergraph(sdl)), told };
}

const sdl = composed(hello);
const query = parse('{ hello }');

it('plans natively and says nothing', async () => {
  const { planner, told } = await load(sdl);

  expect(planner.plan(query, undefined).node).toMatchObject({ kind: 'RootFetch' });
  expect(told).toEqual([]);
});

it('says so and plans with the other where the native package is missing', async () => {
  const { planner, told } = await load(sdl, () => Promise.reject(new Error('no binary')));

  expect(planner.plan(query, undefined).node).toMatchObject({ kind: 'RootFetch' });
  expect(told).toEqual(["Hive's query planner is not here: Apollo's plans"]);
});

it('leaves a supergraph with @context to the planner that knows it', async () => {
  const { told } = await load(
    composed({
      shops: {
        typeDefs: `
          type Query { shop: Shop }
          type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String item: Item }
          type Item @key(fields: "id") {
            id: ID! price(in: String @fromContext(field: "$shop { currency }")): String
          }`,
        resolvers: {},
      },
    }),
  );

  expect(told).toEqual([
    "The supergraph uses @context, which Hive's query planner ignores: Apollo's plans",
  ]);
});

it('tries the other when the native planner finds no plan', async () => {
  const { planner, told } = await load(sdl, async () => ({
    QueryPlanner: class {
      consumerSchema = '';
      overrideLabels = [];
      overridePercentages = [];
      plan(): never {
        throw new Error('No paths found');
      }
      planAsync = () => Promise.reject(new Error('No paths found'));
    },
  }));

  expect(planner.plan(query, undefined).node).toMatchObject({ kind: 'RootFetch' });
  expect(told).toEqual(["Hive's query planner has no whole plan: Apollo's plans"]);
});

it('compares a hundred plans of Apollo at most, where there are thousands', () => {
  const build = jest.spyOn(QueryPlanner.prototype, 'buildQueryPlan');
  const noWorld = () => {
    throw new Error('Nothing is asked for');
  };
  const planner = new ApolloPlanner(loadSupergraph(composed(harbour(noWorld))));
  planner.plan(
    parse(`{ vessels { name stars rival {
      name rival { name rival { name stars rival { stars name } } }
    } } }`),
    undefined,
  );

  const [apollo] = build.mock.contexts as QueryPlanner[];
  build.mockRestore();
  const { evaluatedPlanCount = Infinity } = apollo?.lastGeneratedPlanStatistics() ?? {};
  expect(evaluatedPlanCount).toBeGreaterThan(1);
  expect(evaluatedPlanCount).toBeLessThanOrEqual(100);
});
