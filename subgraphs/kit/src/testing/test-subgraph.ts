import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@crema/config';
import { createMemoryCache } from '../cache/cache-memory.ts';
import type { Cache } from '../cache/cache.ts';
import { signCaller, CALLER_HEADER, type CallerClaims } from '../subgraph/caller.ts';
import type { Clock } from '../clock.ts';
import type { SubgraphRequest, SubgraphResponse } from '../subgraph/endpoint.ts';
import type { EventContract, ReceivedEvent, StoredEvent } from '../events/event-contract.ts';
import type { EventLog, LoggedEvent } from '../events/event-log.ts';
import { openEmbeddedEventLog } from '../events/embedded/event-log-embedded.ts';
import { uuidV7, type Ids } from '../ids.ts';
import type { LiveSubscription } from '../live/live.ts';
import { silentLogger, type Logger } from '../log.ts';
import { openSubgraph, type RunningSubgraph } from '../subgraph/start-subgraph.ts';
import type { SubgraphDefinition } from '../subgraph/subgraph.ts';
import { FakeClock } from './fake-clock.ts';
import { createScratchDatabase } from './scratch-database.ts';
import { seededRandom } from './seeded-random.ts';
import { testDocuments } from './test-documents.ts';

export const TEST_SECRET = 'a secret that only the tests know, long enough';

export interface TestSubgraphOptions {
  /** Every subgraph that seals has `SEAL_SECRET` without being told. */
  env?: Environment;
  clock?: FakeClock;
  log?: Logger;
  /** Seeds all chance. */
  seed?: number;
  /** Whether replicas will join it: then it tells its live updates by events. */
  isShared?: boolean;
  /** Makes this another process of that subgraph, on the same data. It only answers, until `running.start()`. */
  replicaOf?: TestSubgraph;
  /** Stands between the subgraph and its event log. */
  through?: (events: EventLog) => EventLog;
}

/**
 * One subgraph at work on data of its own, with a clock that the test holds. Its tables are in a file, or in a
 * database of its own on the server that CREMA_TEST_DATABASE names.
 */
export interface TestSubgraph {
  readonly running: RunningSubgraph;
  readonly home: TestHome;
  readonly clock: FakeClock;
  readonly ids: Ids;
  readonly cache: Cache;
  readonly events: EventLog;
  /** The SQL statements since the list was last emptied, but for those that carry facts to the log. */
  readonly statements: string[];
  /** Asks as the router would, for this person; null is a visitor. */
  ask(
    caller: CallerClaims | null,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<SubgraphResponse>;
  /** Resolves when the subscriber is told of everything that happens from then on. */
  watch(
    caller: CallerClaims | null,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<LiveSubscription<SubgraphResponse>>;
  /** Lets a fact of another subgraph arrive, and waits until it is applied. Returns its event id. */
  tell<Data>(
    contract: EventContract<Data>,
    key: string,
    data: Data,
    eventId?: string,
  ): Promise<string>;
  /** The facts of one kind that this subgraph has published so far, oldest first. */
  published<Data>(contract: EventContract<Data>): Promise<ReceivedEvent<Data>[]>;
  /** Resolves when the outbox is carried and every consumer has handled all there is. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** What the replicas of a test subgraph have in common. */
export interface TestHome {
  readonly events: EventLog;
  readonly cache: Cache;
  databaseUrl(): string;
  documentsUrl(name: string): string;
  remove(): Promise<void>;
}

/** Facts are carried at times of their own. */
const OF_RELAY = /^(SELECT|DELETE)\b.* FROM outbox\b|pg_advisory|_LOCK\(/s;

const open = new Set<TestSubgraph>();

/** Closes every test subgraph that is still open, replicas first; call it in `afterEach`. */
export async function closeTestSubgraphs(): Promise<void> {
  for (const each of [...open].reverse()) await each.close();
}

async function makeHome(
  { storage }: SubgraphDefinition,
  clock: Clock,
  log: Logger,
): Promise<TestHome> {
  const folder = mkdtempSync(join(tmpdir(), 'crema-'));
  const events = openEmbeddedEventLog({ url: `file:${join(folder, 'events.db')}`, clock, log });
  const documents = testDocuments(folder);
  const tables =
    storage === 'relational'
      ? await createScratchDatabase(process.env['CREMA_TEST_DATABASE'] ?? 'file:')
      : null;
  return {
    events,
    cache: createMemoryCache(clock),
    databaseUrl: () => tables!.url,
    documentsUrl: (name) => documents.url(name),
    async remove() {
      await events.close();
      await documents.remove();
      await tables?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function createTestSubgraph(
  definition: SubgraphDefinition,
  options: TestSubgraphOptions = {},
): Promise<TestSubgraph> {
  const { env = {}, log = silentLogger, replicaOf, through = (same) => same } = options;
  const { clock = replicaOf?.clock ?? new FakeClock(), seed = replicaOf ? 2 : 1 } = options;
  const random = seededRandom(seed);
  const ids = uuidV7(clock, random);
  const statements: string[] = [];
  const home = replicaOf?.home ?? (await makeHome(definition, clock, log));
  const { events, cache } = home;
  const running = await openSubgraph(
    definition,
    {
      events: through(events),
      cache,
      clock,
      ids,
      random,
      log,
      isShared: options.isShared ?? replicaOf !== undefined,
      callerSecret: TEST_SECRET,
      databaseUrl: home.databaseUrl,
      documentsUrl: home.documentsUrl,
      onStatement: (_, sql) => {
        // MySQL quotes names in a way of its own.
        if (!OF_RELAY.test(sql)) statements.push(sql.replaceAll('`', '"'));
      },
    },
    { SEAL_SECRET: TEST_SECRET, ...env },
  );
  if (!replicaOf) await running.start();
  const seen: LoggedEvent[] = [];
  const topicsSeen = new Set<string>();

  const requestOf = async (
    caller: CallerClaims | null,
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<SubgraphRequest> => ({
    query,
    variables,
    headers: { ...headers, [CALLER_HEADER]: await signCaller(TEST_SECRET, caller, clock) },
  });

  const settle = async () => {
    for (;;) {
      await running.relay?.nudge();
      await events.idle();
      if (!(await running.relay?.nudge())) return;
    }
  };

  const test: TestSubgraph = {
    running,
    home,
    clock,
    ids,
    cache,
    events,
    statements,
    settle,
    ask: async (...parameters) => running.endpoint.execute(await requestOf(...parameters)),
    watch: async (...parameters) =>
      running.endpoint.openSubscription(await requestOf(...parameters)),
    async tell(contract, key, data, eventId = ids.next()) {
      const event: StoredEvent = {
        id: eventId,
        type: contract.type,
        version: contract.version,
        topic: contract.topic,
        key,
        source: 'test',
        time: clock.now().toISOString(),
        data: contract.data.parse(data),
      };
      await events.append([event]);
      await settle();
      return eventId;
    },
    async published<Data>(contract: EventContract<Data>) {
      await settle();
      if (!topicsSeen.has(contract.topic)) {
        topicsSeen.add(contract.topic);
        await events.consume(`test-${contract.topic}`, [contract.topic], async (batch) => {
          seen.push(...batch);
        });
      }
      await events.idle();
      return seen
        .filter(({ type, source }) => type === contract.type && source === definition.name)
        .sort((a, b) => a.position - b.position)
        .map((event) => ({ ...event, data: contract.data.parse(event.data) }));
    },
    async close() {
      if (!open.delete(test)) return;
      await running.stop();
      if (!replicaOf) await home.remove();
    },
  };
  open.add(test);
  return test;
}
