import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, Configuration, type Environment } from '@crema/config';
import { openCache } from '../cache/cache.ts';
import { every, pause, systemClock, type Clock } from '../clock.ts';
import { databaseUrlOf, dependencyOf, type Dependency } from './dependency.ts';
import { openEventLog } from '../events/open-event-log.ts';
import { systemRandom, uuidV7 } from '../ids.ts';
import { createLogger, type Logger } from '../log.ts';
import {
  processSettings,
  readProcessConfig,
  startSettings,
  type ProcessConfig,
} from './process-config.ts';
import { ProcessServer } from './process-server.ts';
import { Readiness } from './readiness.ts';
import { GRAPHQL_PATH, siteOf } from './serve.ts';
import { Shutdown } from './shutdown.ts';
import { openSubgraph, type Platform, type RunningSubgraph } from '../subgraph/start-subgraph.ts';
import type { SubgraphDefinition } from '../subgraph/subgraph.ts';

/**
 * Runs one subgraph as a process until SIGTERM or SIGINT. A wrong setting ends it with code 1 and its name;
 * a server that is missing is waited for, while `/health` answers and `/ready` says what is missing.
 */
export async function runProcess(definition: SubgraphDefinition, env: Environment): Promise<void> {
  try {
    await run(definition, env);
  } catch (error) {
    const lines = error instanceof ConfigError ? error.lines : [String((error as Error).message)];
    for (const line of lines) process.stderr.write(`${definition.name}: ${line}\n`);
    process.exit(1);
  }
}

async function run(definition: SubgraphDefinition, env: Environment): Promise<void> {
  const { name, settings } = definition;
  const shapes = settings ? [processSettings, settings] : [processSettings];
  const configuration = Configuration.open({ name, env, shapes });
  const readAll = () => configuration.read(readProcessConfig, definition.readConfig);
  // Where no more is to come, all that is wrong is told now, before anything is begun.
  if (!configuration.vault) readAll();
  const start = configuration.readEarly(startSettings);
  const log = createLogger(name, start.LOG_LEVEL);
  const clock = systemClock;
  const readiness = new Readiness(clock, log);
  const server = await ProcessServer.listen(start.PORT, start.HOST, () => readiness.report());
  const shutdown = new Shutdown(readiness, server, start.DRAIN_GRACE_MS, clock, log);
  shutdown.onSignals();

  await inTime(start.START_TIMEOUT_S, readiness, clock, async () => {
    await askVault(configuration, readiness, log);
    const [config] = readAll();
    mkdirSync(config.DATA_DIR, { recursive: true });
    readiness.watch(dependenciesOf(definition, config));
    const platform = await platformOf(name, config, clock, log);
    await readiness.allThere();
    const { values } = configuration;
    const running = await untilOpen(() => open(definition, platform, config, values), clock, log);
    shutdown.owns(running, platform);
    server.open(await siteOf(running));
  });
  readiness.serving();
  configuration.watchVault(log);
  log.info({ url: server.origin + GRAPHQL_PATH }, 'ready');
}

/** Waits for the settings that are in Vault; `/ready` says so. */
async function askVault(
  configuration: Configuration,
  readiness: Readiness,
  log: Logger,
): Promise<void> {
  const { vault } = configuration;
  if (!vault) return;
  const dependency = { name: 'vault', address: vault.address, isVital: false, hosts: [] };
  await configuration.askVault((reason) => {
    readiness.note(dependency, false);
    log.warn({}, `vault at ${vault.address} ${reason}`);
  });
  readiness.note(dependency, true);
}

function dependenciesOf(definition: SubgraphDefinition, config: ProcessConfig): Dependency[] {
  const isRelational = definition.storage === 'relational';
  const dataUrl = isRelational ? config.DATABASE_URL : config.DOCUMENTS_URL;
  const data = isRelational ? 'database' : 'documents';
  return [
    dataUrl ? dependencyOf(data, databaseUrlOf(dataUrl, definition.name), true) : null,
    config.EVENTS_URL ? dependencyOf('events', config.EVENTS_URL, false) : null,
  ].filter((each) => each !== null);
}

async function platformOf(
  name: string,
  config: ProcessConfig,
  clock: Clock,
  log: Logger,
): Promise<Platform> {
  const fileUrl = (file: string) => `file:${join(config.DATA_DIR, `${file}.db`)}`;
  return {
    events: await openEventLog({ url: config.EVENTS_URL ?? fileUrl('events'), clock, log }),
    cache: await openCache({ url: config.CACHE_URL, clock, log, prefix: `crema:${name}:` }),
    clock,
    ids: uuidV7(clock, systemRandom),
    random: systemRandom,
    log,
    isShared: true,
    callerSecret: config.CALLER_SECRET,
    databaseUrl: (each) => databaseUrlOf(config.DATABASE_URL ?? fileUrl(each), each),
    documentsUrl: (each) => databaseUrlOf(config.DOCUMENTS_URL ?? fileUrl(each), each),
  };
}

async function open(
  definition: SubgraphDefinition,
  platform: Platform,
  config: ProcessConfig,
  env: Environment,
): Promise<RunningSubgraph> {
  const told = telling(platform);
  const running = await told('its data', () => openSubgraph(definition, platform, env));
  try {
    if (config.DEMO) await told('the demo data', () => running.loadDemo());
    await told('its consumers', () => running.start());
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

const SAY_EVERY_MS = 15_000;

/** Does the steps of a start, and says again and again which one takes long. */
const telling =
  ({ clock, log }: Platform) =>
  async <Result>(step: string, work: () => Promise<Result>): Promise<Result> => {
    const cancel = every(clock, SAY_EVERY_MS, async () => log.warn({}, `still starting ${step}`));
    try {
      return await work();
    } finally {
      cancel();
    }
  };

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** A server that takes connections may still refuse work, and two replicas may get in each other's way: try again. */
async function untilOpen<Opened>(
  work: () => Promise<Opened>,
  clock: Clock,
  log: Logger,
): Promise<Opened> {
  for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      log.warn({ err: error }, `not started: ${(error as Error).message}; trying again`);
      await pause(clock, waitMs);
    }
  }
}

/** Rejects when the work takes longer than so many seconds, naming what was missing; 0 waits forever. */
async function inTime(
  seconds: number,
  readiness: Readiness,
  clock: Clock,
  work: () => Promise<void>,
): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    if (seconds === 0) return;
    cancel = clock.after(seconds * 1_000, () => {
      const missing = readiness.missing.map(({ name, address }) => `${name} at ${address}`);
      const what = missing.length > 0 ? `, without ${missing.join(' and ')}` : '';
      reject(new Error(`not started within ${seconds} s${what}`));
    });
  });
  await Promise.race([work(), late]);
  cancel();
}
