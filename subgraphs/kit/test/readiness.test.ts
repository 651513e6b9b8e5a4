import { dependencyOf, type Dependency } from '../src/process/dependency.ts';
import { silentLogger, type Logger } from '../src/index.ts';
import { Readiness } from '../src/process/readiness.ts';
import { FakeClock } from '../src/testing/index.ts';

const database = dependencyOf('database', 'mysql://u:secret@db/x', true)!;
const events = dependencyOf('events', 'kafka://a,b', false)!;

let there: Set<Dependency>;
let lines: string[];
let clock: FakeClock;
let readiness: Readiness;

beforeEach(() => {
  there = new Set();
  lines = [];
  clock = new FakeClock();
  const log: Logger = {
    ...silentLogger,
    info: (_, line) => lines.push(line),
    warn: (_, line) => lines.push(line),
  };
  readiness = new Readiness(clock, log, async (each) => there.has(each));
});

afterEach(() => readiness.stop());

const pass = async (seconds: number) => {
  for (let step = 0; step < seconds * 4; step++) {
    clock.advance(250);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

it('waits for everything, and says each change once', async () => {
  let isStarted = false;
  readiness.watch([database, events]);
  const started = readiness.allThere().then(() => (isStarted = true));
  await pass(60);
  expect(lines).toEqual([
    'waiting for database at mysql://db/x',
    'waiting for events at kafka://a,b',
  ]);
  expect(readiness.report()).toEqual({
    isReady: false,
    status: 'starting',
    missing: ['database mysql://db/x', 'events kafka://a,b'],
  });

  there.add(database);
  await pass(10);
  expect(isStarted).toBe(false);
  there.add(events);
  await pass(10);
  await started;
  expect(lines.slice(2)).toEqual([
    'database at mysql://db/x is there',
    'events at kafka://a,b is there',
  ]);
});

it('says when something is lost later, and is not ready without what it cannot answer without', async () => {
  there.add(database).add(events);
  readiness.watch([database, events]);
  await readiness.allThere();
  readiness.serving();
  expect(readiness.report()).toEqual({ isReady: true, status: 'ready', missing: [] });

  there.delete(events);
  await pass(5);
  expect(readiness.report()).toEqual({
    isReady: true,
    status: 'ready',
    missing: ['events kafka://a,b'],
  });

  there.delete(database);
  await pass(5);
  expect(readiness.report()).toMatchObject({ isReady: false, status: 'waiting' });

  there.add(database);
  await pass(6);
  expect(readiness.report().isReady).toBe(true);
  readiness.draining();
  expect(readiness.report()).toMatchObject({ isReady: false, status: 'draining' });
});
