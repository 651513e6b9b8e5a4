import { parse } from 'graphql';
import { HivePlanner } from '../src/planning/hive-planner.ts';
import { loadIsolated, PlanningProcess } from '../src/planning/isolated/isolated-planner.ts';
import { loadPlanner } from '../src/planning/planners.ts';
import { loadSupergraph } from '../src/supergraph/supergraph.ts';
import { silentLogger } from '../src/system/logger.ts';
import { until } from './support/events.ts';
import { fleet } from './support/fleet.ts';
import { TestClock } from './support/issuer.ts';
import { composed } from './support/subgraphs.ts';

const supergraph = loadSupergraph(composed(fleet));
const query = parse('{ ships { name captain { name } } }');

/** Over which Hive's native code ends its process. The router itself does not ask so. */
const deadly = parse(
  '{ ships { ... on Ferry { captain { name } } ... on Barge { captain { name(upper: true) } } } }',
);

let planning: PlanningProcess;
let clock: TestClock;

beforeEach(() => {
  clock = new TestClock();
  planning = new PlanningProcess(clock, 2_000);
});

afterEach(() => planning.end());

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('plans as in the same process', async () => {
  const native = new HivePlanner(await import('@graphql-hive/router-query-planner'), supergraph);
  const isolated = new HivePlanner(await loadIsolated(planning), supergraph);

  expect(isolated.plan(query, undefined)).toEqual(native.plan(query, undefined));
  expect(planning.ask({}).pid).not.toBe(process.pid);
});

it('throws what the planner throws', async () => {
  const { QueryPlanner } = await loadIsolated(planning);

  expect(() => new QueryPlanner('type Query {')).toThrow(/parse/i);
  const planner = new QueryPlanner(supergraph.sdl);
  expect(() => planner.plan('{ planes }', undefined, new Set(), 100)).toThrow(/planes/);
  expect(planner.plan('{ ships { id } }', undefined, new Set(), 100).node).toBeDefined();
});

it('outlives an operation that ends the process', async () => {
  const told: string[] = [];
  const warn = (_fields: object, message: string): void => void told.push(message);
  const log = { ...silentLogger, warn };
  const loadHive = () => loadIsolated(planning);
  const planner = (await loadPlanner({ planner: 'hive', log, loadHive }))(supergraph);
  const { pid } = planning.ask({});

  expect(planner.plan(deadly, undefined).node?.kind).toBe('Sequence');
  expect(told).toEqual(["Hive's query planner has no whole plan: Apollo's plans"]);
  expect(planner.plan(query, undefined).node?.kind).toBe('Sequence');
  expect(told).toHaveLength(1);
  expect(isAlive(pid)).toBe(false);
});

it('begins anew when the process was ended from outside', async () => {
  const planner = new HivePlanner(await loadIsolated(planning), supergraph);
  const { pid } = planning.ask({});
  process.kill(pid, 'SIGKILL');
  await until(() => !isAlive(pid));

  const plan = () => planner.plan(query, undefined).node?.kind;
  // Whoever asks before the end is known is told of it.
  await until(() => {
    try {
      return plan() === 'Sequence';
    } catch {
      return false;
    }
  });
});

it('gives up what takes too long', async () => {
  const planner = new HivePlanner(await loadIsolated(planning), supergraph);
  process.kill(planning.ask({}).pid, 'SIGSTOP');

  expect(() => planner.plan(query, undefined)).toThrow(
    expect.objectContaining({
      status: 503,
      errors: [expect.objectContaining({ extensions: { code: 'REQUEST_TIMEOUT' } })],
    }),
  );
  expect(planner.plan(query, undefined).node?.kind).toBe('Sequence');
});

it('ends the process when nothing is planned any more', async () => {
  const planner = new HivePlanner(await loadIsolated(planning), supergraph);
  const { pid } = planning.ask({});
  clock.advance(59);
  expect(isAlive(pid)).toBe(true);
  planner.plan(query, undefined);
  clock.advance(60);
  await until(() => !isAlive(pid));

  expect(planner.plan(query, undefined).node?.kind).toBe('Sequence');
});

it('keeps a few supergraphs, and reads one again that it let go', async () => {
  const { QueryPlanner } = await loadIsolated(planning);
  const planners = Array.from({ length: 6 }, () => new QueryPlanner(supergraph.sdl));

  for (const planner of [...planners, ...planners]) {
    expect(planner.plan('{ ships { id } }', undefined, new Set(), 100).node).toBeDefined();
  }
});
