import type { Environment } from '@crema/config';
import type { Cache } from '../cache/cache.ts';
import { CallerVerifier } from './caller.ts';
import type { Clock } from '../clock.ts';
import { runConsumers, type ConsumerDeps } from '../events/consumer.ts';
import { openDatabase, type Database } from '../database/database.ts';
import { SubgraphEndpoint } from './endpoint.ts';
import type { EventLog } from '../events/event-log.ts';
import { housekeeping } from './housekeeping.ts';
import type { Ids, Random } from '../ids.ts';
import { runJobs } from './jobs.ts';
import { SharedLiveUpdates } from '../live/live-updates-shared.ts';
import { localLiveUpdates } from '../live/live-updates.ts';
import type { Logger } from '../log.ts';
import { openDocuments } from '../documents/open-documents.ts';
import { Relay } from '../events/relay.ts';
import type { Subgraph, SubgraphDefinition } from './subgraph.ts';

/** Where subgraphs run: the adapters they share and the place of their data. */
export interface Platform {
  readonly events: EventLog;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Logger;
  /** Whether several processes of one subgraph work on the same data; each is then told what the others do. */
  readonly isShared?: boolean;
  /** Shared with the router, which signs the caller with it. */
  readonly callerSecret: string;
  /** Where a subgraph's relational data or documents are, by its name. */
  databaseUrl(name: string): string;
  documentsUrl(name: string): string;
  readonly onStatement?: (subgraph: string, sql: string) => void;
}

/** A subgraph with everything that it needs at work. */
export interface RunningSubgraph {
  readonly subgraph: Subgraph;
  readonly endpoint: SubgraphEndpoint;
  /** Null where a subgraph has documents only. */
  readonly database: Database | null;
  readonly relay: Relay | null;
  /** Loads the demo data, if there is any; replicas take turns, and a second time changes nothing. */
  loadDemo(): Promise<void>;
  /** Begins to consume, to relay and to keep its times. Until then only requests are answered. */
  start(): Promise<void>;
  /** Ends what is at work and closes the data. Accepted requests should be done by then. */
  stop(): Promise<void>;
}

/** What only one replica does at a time. */
const SET_UP = 'set-up';

/** Opens a subgraph's data and makes it; `start` brings it to life. */
export async function openSubgraph(
  definition: SubgraphDefinition,
  platform: Platform,
  env: Environment,
): Promise<RunningSubgraph> {
  const { name } = definition;
  const log = platform.log.child({ subgraph: name });
  const { events, cache, clock, ids, random, onStatement } = platform;
  const shared = platform.isShared ? new SharedLiveUpdates(events, log) : null;
  const live = shared ?? localLiveUpdates;
  const common = { events, cache, live, clock, ids, random, log };
  const config = definition.readConfig(env);

  if (definition.storage === 'documents') {
    const documents = await openDocuments({ url: platform.documentsUrl(name), clock });
    const close = async () => {
      await shared?.stop();
      await documents.close();
    };
    return orClosed(close, async () => {
      const subgraph = await definition.create({ ...common, documents }, config);
      await shared?.start();
      return assemble(subgraph, platform, { events, clock, log }, close);
    });
  }
  const database = await openDatabase({
    url: platform.databaseUrl(name),
    source: name,
    entities: definition.entities,
    migrations: definition.migrations,
    clock,
    ids,
    random,
    ...(onStatement && { onStatement: (sql: string) => onStatement(name, sql) }),
  });
  const close = async () => {
    await shared?.stop();
    await database.close();
  };
  return orClosed(close, async () => {
    // What one replica finds missing and makes, such as the first key, the next one finds.
    const subgraph = await database.exclusively(SET_UP, () =>
      definition.create({ ...common, database }, config),
    );
    await shared?.start();
    return assemble(subgraph, platform, { database, events, clock, log }, close);
  });
}

/** Whoever fails to be made leaves nothing open: it may be tried again. */
async function orClosed<Made>(
  close: () => Promise<void>,
  make: () => Promise<Made>,
): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    await close();
    throw error;
  }
}

function assemble(
  subgraph: Subgraph,
  { callerSecret }: Platform,
  deps: ConsumerDeps,
  closeData: () => Promise<void>,
): RunningSubgraph {
  const { database, events, clock, log } = deps;
  const relay = database ? new Relay(database, events, clock, log) : null;
  let stopWork: () => Promise<void> = async () => undefined;
  return {
    subgraph,
    endpoint: new SubgraphEndpoint(
      subgraph.schema,
      new CallerVerifier(callerSecret, clock),
      log,
      subgraph.hasPlainData,
      subgraph.lifetimes,
    ),
    database: database ?? null,
    relay,
    async loadDemo() {
      const load = async () => subgraph.loadDemo?.();
      await (database ? database.exclusively(SET_UP, load) : load());
    },
    async start() {
      relay?.start();
      const consumption = await runConsumers(subgraph.consumers, deps);
      const upkeep = database ? [housekeeping(database, clock)] : [];
      const jobs = runJobs([...subgraph.jobs, ...upkeep], clock, log);
      stopWork = async () => {
        await jobs.stop();
        await consumption.stop();
        await relay?.stop();
      };
    },
    async stop() {
      await subgraph.close();
      await stopWork();
      await closeData();
    },
  };
}
