import type { Database } from './database.ts';
import type { Clock } from './clock.ts';
import { pause } from './clock.ts';
import type { EventContract, ReceivedEvent } from './event-contract.ts';
import type { Consumption, EventLog, LoggedEvent } from './event-log.ts';
import { enterInbox } from './inbox.ts';
import type { Logger } from './log.ts';
import type { Transaction } from './transaction.ts';

type Apply<Data> = (tx: Transaction, event: ReceivedEvent<Data>) => Promise<void>;
type ApplyIdempotent<Data> = (event: ReceivedEvent<Data>) => Promise<void>;

/** One kind of fact and what follows from it here. */
export interface Consumer {
  /** `<subgraph>.<what-it-does>`; stays for ever, the inbox knows it by this name. */
  readonly name: string;
  readonly contract: EventContract;
  /** Facts of one group are applied in the order of their aggregate. */
  readonly group: string;
  readonly apply:
    | { readonly kind: 'transactional'; readonly run: Apply<unknown> }
    | { readonly kind: 'idempotent'; readonly run: ApplyIdempotent<unknown> };
}

const groupOf = (name: string): string => name.split('.')[0]!;

/**
 * Applies a fact exactly once: in one transaction with its inbox row. Retries, dead letters and order are
 * the runner's business. `group` is the subgraph's name unless told.
 */
export const on = <Data>(
  contract: EventContract<Data>,
  name: string,
  run: Apply<Data>,
  group: string = groupOf(name),
): Consumer => ({
  name,
  contract,
  group,
  apply: { kind: 'transactional', run: run as Apply<unknown> },
});

/** For stores without transactions over documents: `run` itself makes sure that a repetition changes nothing. */
export const onIdempotent = <Data>(
  contract: EventContract<Data>,
  name: string,
  run: ApplyIdempotent<Data>,
  group: string = groupOf(name),
): Consumer => ({
  name,
  contract,
  group,
  apply: { kind: 'idempotent', run: run as ApplyIdempotent<unknown> },
});

const TRIES = 5;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export interface ConsumerDeps {
  /** Absent where a subgraph has documents only; then all consumers are idempotent. */
  database?: Database;
  events: EventLog;
  clock: Clock;
  log: Logger;
}

/** Runs all consumers of a subgraph, group by group, until stopped. */
export async function runConsumers(
  consumers: readonly Consumer[],
  deps: ConsumerDeps,
): Promise<Consumption> {
  const running: Consumption[] = [];
  for (const group of new Set(consumers.map((consumer) => consumer.group))) {
    const members = consumers.filter((consumer) => consumer.group === group);
    const topics = [...new Set(members.map(({ contract }) => contract.topic))];
    const runner = new GroupRunner(group, members, deps);
    running.push(await deps.events.consume(group, topics, (events) => runner.handle(events)));
  }
  return {
    stop: async () => {
      await Promise.all(running.map((consumption) => consumption.stop()));
    },
  };
}

class GroupRunner {
  constructor(
    private readonly group: string,
    private readonly consumers: readonly Consumer[],
    private readonly deps: ConsumerDeps,
  ) {}

  /** Together when all goes well, for speed; one by one when something fails, so that only the bad one waits. */
  async handle(events: readonly LoggedEvent[]): Promise<void> {
    const known = events.filter((event) => this.consumersOf(event).length > 0);
    if (known.length === 0) return;
    if (known.length > 1) {
      try {
        return await this.apply(known);
      } catch {
        // Each is tried by itself below, and what fails there is logged.
      }
    }
    for (const event of known) await this.applyOrBury(event);
  }

  private consumersOf(event: LoggedEvent): readonly Consumer[] {
    return this.consumers.filter(
      ({ contract }) => contract.type === event.type && contract.version === event.version,
    );
  }

  private async apply(events: readonly LoggedEvent[]): Promise<void> {
    const idempotent: [Consumer, LoggedEvent][] = [];
    const transactional: [Consumer, LoggedEvent][] = [];
    for (const event of events) {
      for (const consumer of this.consumersOf(event)) {
        (consumer.apply.kind === 'idempotent' ? idempotent : transactional).push([consumer, event]);
      }
    }
    if (transactional.length > 0) await this.applyTransactional(transactional);
    for (const [consumer, event] of idempotent) {
      if (consumer.apply.kind === 'idempotent') await consumer.apply.run(read(consumer, event));
    }
  }

  private async applyTransactional(work: readonly [Consumer, LoggedEvent][]): Promise<void> {
    const { database, clock } = this.deps;
    if (!database) throw new Error(`${this.group} has no database for transactional consumers`);
    await database.transaction(async (tx) => {
      const fresh = new Map<Consumer, ReadonlySet<string>>();
      for (const consumer of new Set(work.map(([each]) => each))) {
        const ids = work.filter(([each]) => each === consumer).map(([, event]) => event.id);
        fresh.set(consumer, await enterInbox(tx, consumer.name, ids, clock.now()));
      }
      for (const [consumer, event] of work) {
        if (consumer.apply.kind === 'transactional' && fresh.get(consumer)!.has(event.id)) {
          await consumer.apply.run(tx, read(consumer, event));
        }
      }
    });
  }

  private async applyOrBury(event: LoggedEvent): Promise<void> {
    const { clock, events, log } = this.deps;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.apply([event]);
      } catch (error) {
        const at = { group: this.group, eventId: event.id, type: event.type, attempt };
        if (attempt < TRIES) {
          log.warn({ ...at, err: error }, 'an event could not be applied; trying again');
          await pause(clock, Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS));
          continue;
        }
        log.error({ ...at, err: error }, 'an event could not be applied and was buried');
        return events.bury({
          group: this.group,
          event,
          error: error instanceof Error ? error.message : String(error),
          attempts: attempt,
          failedAt: clock.now().toISOString(),
        });
      }
    }
  }
}

const read = (consumer: Consumer, event: LoggedEvent): ReceivedEvent<unknown> => ({
  ...event,
  data: consumer.contract.data.parse(event.data),
});
