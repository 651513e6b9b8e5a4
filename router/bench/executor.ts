import type { EngineOptions } from '../src/engine-options.ts';
import { Engine } from '../src/engine.ts';
import { PlanExecutor } from '../src/execution/plan-executor.ts';
import type { SubgraphRequest, SubgraphResponse } from '../src/index.ts';
import { OperationStore } from '../src/planning/operation-store.ts';
import { Overrides } from '../src/planning/overrides.ts';
import { loadPlanner, PLANNERS, type PlannerName } from '../src/planning/planners.ts';
import { visitor } from '../src/protection/caller.ts';
import { defaultLimits } from '../src/protection/limits/limits.ts';
import { LocalTexts } from '../src/protection/persisted/operation-texts.ts';
import { PersistedOperations } from '../src/protection/persisted/persisted-operations.ts';
import { RateLimits } from '../src/protection/rates/rate-limits.ts';
import { TimeLimit } from '../src/protection/time-limit.ts';
import { loadSupergraph } from '../src/supergraph/supergraph.ts';
import { Usage } from '../src/supergraph/usage.ts';
import { measurePlanning } from './planning.ts';
import { Customization } from '../src/hooks/customization.ts';
import { Sources } from '../src/subscriptions/sources.ts';
import { systemRandom } from '../src/system/random.ts';
import { systemClock, systemTimers } from '../src/system/clock.ts';
import { silentLogger } from '../src/system/logger.ts';
import { composed, type SubgraphDefinitions } from '../test/support/subgraphs.ts';

/**
 * Measures the router in one process, without network and with subgraphs that answer at once: what
 * remains is parse, plan and compile (once), and fetch, merge and write (each time).
 */

const definitions: SubgraphDefinitions = {
  menu: {
    typeDefs: `
      type Query { menu: [Product!]! }
      type Product @key(fields: "id") {
        id: ID! name: String! description: String price: Money! tags: [String!]! soldOut: Boolean!
      }
      type Money { amount: String! currencyCode: String! }`,
    resolvers: {},
  },
  stock: {
    typeDefs:
      'type Product @key(fields: "id") { id: ID! left: Int! shelf: Shelf } type Shelf @key(fields: "id") { id: ID! }',
    resolvers: {},
  },
  places: {
    typeDefs: 'type Shelf @key(fields: "id") { id: ID! label: String! }',
    resolvers: {},
  },
};

const SINGLE = '{ menu { id name description price { amount currencyCode } tags soldOut } }';
const JOINED = '{ menu { id name left shelf { label } } }';

const products = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    __typename: 'Product',
    id: 'p' + index,
    name: 'Flat white number ' + index,
    description: 'Two ristretto shots under a thin layer of steamed milk, served in a small cup.',
    price: { amount: (3 + index / 100).toFixed(2), currencyCode: 'EUR' },
    tags: ['coffee', 'milk', 'hot'],
    soldOut: index % 7 === 0,
  }));

const big: SubgraphResponse = { data: { menu: products(170) } };
const small: SubgraphResponse = { data: { menu: products(20) } };

type Representations = { id: string }[];

const answers: Record<string, (request: SubgraphRequest) => SubgraphResponse> = {
  menu: ({ query }) => (query.includes('description') ? big : small),
  stock: ({ variables }) => ({
    data: {
      _entities: (variables['representations'] as Representations).map(({ id }) => ({
        left: id.length,
        shelf: { __typename: 'Shelf', id: 's' + id },
      })),
    },
  }),
  places: ({ variables }) => ({
    data: {
      _entities: (variables['representations'] as Representations).map(({ id }) => ({
        label: 'Shelf ' + id,
      })),
    },
  }),
};

/** All that a router with its defaults does before it executes, with as many requests as there will be. */
const limits = defaultLimits;
const many = { count: 100_000_000, periodMs: 1_000 };
const protections: EngineOptions = {
  log: silentLogger,
  callerHeader: undefined,
  suggestions: false,
  limits,
  rates: new RateLimits({ perAddress: many, perUser: many }, systemClock),
  persisted: new PersistedOperations({
    manifest: undefined,
    safelist: 'off',
    texts: new LocalTexts(),
    log: silentLogger,
  }),
  timeLimit: new TimeLimit(60_000, systemTimers),
  sources: new Sources({
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    log: silentLogger,
    publicFields: new Set(),
  }),
  maxBufferedBytes: 0,
  customization: new Customization(),
  tellsCost: false,
  tellsCache: false,
};

async function createEngine(planner: PlannerName): Promise<Engine> {
  const supergraph = loadSupergraph(composed(definitions));
  const transports = new Map(
    Object.entries(answers).map(([name, answer]) => [
      name,
      { execute: async (request: SubgraphRequest) => answer(request), subscribe: noEvents },
    ]),
  );
  const createPlanner = await loadPlanner({ planner, log: silentLogger });
  const executor = new PlanExecutor(supergraph, transports);
  const overrides = new Overrides([], { named: [], random: systemRandom });
  const operations = new OperationStore(
    {
      supergraph,
      planner: createPlanner(supergraph),
      executor,
      listSize: limits.listSize,
      overrides,
    },
    { introspection: false, suggestions: false, maxOperations: 100, limits },
  );
  return new Engine(
    { supergraph, operations, overrides, transports, use: new Usage() },
    protections,
  );
}

async function* noEvents(): AsyncGenerator<SubgraphResponse, void> {}

/** One request from query text to the bytes that would go out. */
async function answer(engine: Engine, query: string): Promise<Buffer> {
  const asker = { caller: visitor, address: '127.0.0.1', headers: {}, hasCredentials: false };
  const context = { requestId: 'bench', ...asker };
  engine.admit(context.address);
  const { json } = await engine.execute(await engine.prepare({ query }, context), context);
  return Buffer.from(json);
}

/** Prints the middle of five rounds, by the processor's time: what else runs matters less. */
async function measure(engine: Engine, name: string, query: string): Promise<void> {
  const { length } = await answer(engine, query);
  for (let index = 0; index < 2_000; index += 1) await answer(engine, query);
  const rates: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const before = process.cpuUsage();
    for (let index = 0; index < 2_000; index += 1) await answer(engine, query);
    const { user, system } = process.cpuUsage(before);
    rates.push(2_000 / ((user + system) / 1_000_000));
  }
  rates.sort((a, b) => a - b);
  console.log(`${name}: ${Math.round(rates[2] ?? 0)} per second of CPU, ${length} bytes`);
}

for (const planner of PLANNERS) {
  const engine = await createEngine(planner);
  await measure(engine, `${planner}: one fetch`, SINGLE);
  await measure(engine, `${planner}: three fetches, 20 entities`, JOINED);
}
await measurePlanning();
