import type { Database } from '../database/database.ts';
import { isUnreachable } from '../database/database-errors.ts';
import type { Clock } from '../clock.ts';
import { pause } from '../clock.ts';
import type { EventContract, ReceivedEvent } from './event-contract.ts';
import type { Consumption, EventLog, LoggedEvent } from './event-log.ts';
import { enterInbox } from './inbox.ts';
import type { Logger } from '../log.ts';
import type { Transaction } from '../database/transaction.ts';

type Apply<Data> = (tx: Transaction, event: ReceivedEvent<Data>) => Promise<void>;
type ApplyIdempotent<Data> = (event: ReceivedEvent<Data>) => Promise<void>;

/** One kind of fact and what follows from it here. */
export interface Consumer {
  /** `<subgraph>.<what-it-does>`; stays for ever, the inbox knows it by this name. */
  readonly name: string;
  readonly contract: EventContract;
  /** Facts of one group are applied in the order of their aggregate. */
  readonly group: string;
  /** Facts of one lane are applied one after the other, those of different lanes side by side. */
  readonly lane: (event: ReceivedEvent<unknown>) => string;
  readonly apply:
    | { readonly kind: 'transactional'; readonly run: Apply<unknown> }
    | { readonly kind: 'idempotent'; readonly run: ApplyIdempotent<unknown> };
}

export interface ConsumerOptions<Data> {
  /** The subgraph's name unless told. */
  readonly group?: string;
  /** The aggregate's key unless told. Work that looks at a row, waits and then changes it needs one for that row. */
  readonly lane?: (event: ReceivedEvent<Data>) => string;
}

const consumerOf = <Data>(
  contract: EventContract<Data>,
  name: string,
  { group = name.split('.')[0]!, lane = ({ key }) => key }: ConsumerOptions<Data>,
): Omit<Consumer, 'apply'> => ({ name, contract, group, lane: lane as Consumer['lane'] });

/**
 * Applies a fact exactly once: in one transaction with its inbox row. Retries, dead letters and order are
 * the runner's business.
 */
export const on = <Data>(
  contract: EventContract<Data>,
  name: string,
  run: Apply<Data>,
  options: ConsumerOptions<Data> = {},
): Consumer => ({
  ...consumerOf(contract, name, options),
  apply: { kind: 'transactional', run: run as Apply<unknown> },
});

/** For stores without transactions over documents: `run` itself makes sure that a repetition changes nothing. */
export const onIdempotent = <Data>(
  contract: EventContract<Data>,
  name: string,
  run: ApplyIdempotent<Data>,
  options: ConsumerOptions<Data> = {},
): Consumer => ({
  ...consumerOf(contract, name, options),
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
    const known = events.filter((event) => consumersOf(event, this.consumers).length > 0);
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

  private async apply(events: readonly LoggedEvent[]): Promise<void> {
    const work = deliveriesOf(this.consumers, events);
    const transactional = work.filter(({ consumer }) => consumer.apply.kind === 'transactional');
    if (transactional.length > 0) await this.applyTransactional(transactional);
    await applyDirectly(work);
  }

  private async applyTransactional(work: readonly Delivery[]): Promise<void> {
    const { database, clock } = this.deps;
    if (!database) throw new Error(`${this.group} has no database for transactional consumers`);
    await database.transaction(async (tx) => {
      const fresh = await enterInbox(
        tx,
        work.map(({ consumer, event }) => ({ consumer: consumer.name, eventId: event.id })),
        clock.now(),
      );
      await sideBySide(
        work.filter((_, index) => fresh[index]),
        async ({ consumer, event }) => {
          if (consumer.apply.kind === 'transactional') await consumer.apply.run(tx, event);
        },
      );
    });
  }

  private async applyOrBury(event: LoggedEvent): Promise<void> {
    const { clock, events, log } = this.deps;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.apply([event]);
      } catch (error) {
        const at = { group: this.group, eventId: event.id, type: event.type, attempt };
        // While a server is away nothing is wrong with the event: it waits for as long as that takes.
        if (attempt < TRIES || isUnreachable(error)) {
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

/** A fact for one of its consumers. */
interface Delivery {
  readonly consumer: Consumer;
  readonly event: ReceivedEvent<unknown>;
}

const consumersOf = (event: LoggedEvent, consumers: readonly Consumer[]): Consumer[] =>
  consumers.filter(
    ({ contract }) => contract.type === event.type && contract.version === event.version,
  );

const deliveriesOf = (consumers: readonly Consumer[], events: readonly LoggedEvent[]): Delivery[] =>
  events.flatMap((event) =>
    consumersOf(event, consumers).map((consumer) => ({ consumer, event: read(consumer, event) })),
  );

/**
 * Applies facts once more outside of their group, as when a read model is made again from the log. Leaves out those
 * that none of the consumers is for. Rejects with what failed first. For idempotent consumers only.
 */
export const applyFacts = (
  consumers: readonly Consumer[],
  events: readonly LoggedEvent[],
): Promise<void> => applyDirectly(deliveriesOf(consumers, events));

const applyDirectly = (work: readonly Delivery[]): Promise<void> =>
  sideBySide(work, async ({ consumer: { apply }, event }) => {
    if (apply.kind === 'idempotent') await apply.run(event);
  });

/** Does the work of each lane in order. Throws what failed first, once nothing is at work any more. */
async function sideBySide(
  deliveries: readonly Delivery[],
  work: (delivery: Delivery) => Promise<void>,
): Promise<void> {
  const lanes = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  for (const delivery of deliveries) {
    const name = delivery.consumer.lane(delivery.event);
    const before = lanes.get(name);
    lanes.set(name, before ? before.then(() => work(delivery)) : work(delivery));
  }
  await Promise.all(
    [...lanes.values()].map((lane) => lane.catch((error: unknown) => failures.push(error))),
  );
  // What fails later fails because of the first: a server takes no more statements then.
  if (failures.length > 0) throw failures[0];
}

const read = (consumer: Consumer, event: LoggedEvent): ReceivedEvent<unknown> => ({
  ...event,
  data: consumer.contract.data.parse(event.data),
});
