import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import {
  createTable,
  idType,
  IntColumn,
  intType,
  KeyColumn,
  on,
  onIdempotent,
  openDatabase,
  openEmbeddedEventLog,
  Relay,
  runConsumers,
  silentLogger,
  stableId,
  systemClock,
  systemRandom,
  uuidV7,
  type Clock,
  type Consumer,
  type Database,
  type EventContract,
  type EventLog,
} from '../src/index.ts';

const Paid: EventContract<{ amount: number }> = {
  type: 'tests.thing.paid',
  version: 1,
  topic: 'tests.things',
  data: z.object({ amount: z.int() }),
};

@Entity('sums')
class Sum {
  @KeyColumn()
  id!: string;

  @IntColumn()
  total!: number;
}

class SumTable1700000000001 implements MigrationInterface {
  up(runner: QueryRunner) {
    return createTable(runner, 'sums', {
      columns: { id: idType(), total: intType() },
      key: ['id'],
    });
  }
  down(runner: QueryRunner) {
    return runner.dropTable('sums');
  }
}

/** Time that does not let a test wait: what is due later is due now. */
const hastyClock: Clock = {
  now: () => systemClock.now(),
  after: (_, work) => systemClock.after(0, work),
};

const addTo = (sum: string): Consumer =>
  on(Paid, `tests.add-to-${sum}`, async (tx, { data }) => {
    if (data.amount === 13) throw new Error('poison');
    await (await tx.direct()).increment(Sum, { id: sum }, 'total', data.amount);
  });

describe('facts on their way', () => {
  let folder: string;
  let database: Database;
  let events: EventLog;
  let relay: Relay;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crema-consumer-'));
    database = await openDatabase({
      url: `file:${join(folder, 'tests.db')}`,
      source: 'tests',
      entities: [Sum],
      migrations: [SumTable1700000000001],
      clock: systemClock,
      ids: uuidV7(systemClock, systemRandom),
      random: systemRandom,
    });
    events = openEmbeddedEventLog({
      url: `file:${join(folder, 'events.db')}`,
      clock: systemClock,
      log: silentLogger,
    });
    relay = new Relay(database, events, systemClock, silentLogger);
    await database.transaction(async (tx) => tx.insert(Sum, { id: 'sum', total: 0 }));
  });

  afterEach(async () => {
    await relay.stop();
    await events.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const total = async () => (await database.findMany(Sum, ['sum']))[0]!.total;
  const pay = (amount: number, key = 'k') =>
    database.transaction(async (tx) => tx.publish(Paid, key, { amount }));
  const settle = async () => {
    while (await relay.nudge()) await events.idle();
    await events.idle();
  };
  const consume = (...consumers: Consumer[]) =>
    runConsumers(consumers, { database, events, clock: hastyClock, log: silentLogger });

  it('arrive after their transaction, and not at all when it is undone', async () => {
    await consume(addTo('sum'));
    await pay(2);
    await expect(
      database.transaction(async (tx) => {
        tx.publish(Paid, 'k', { amount: 5 });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await settle();
    expect(await total()).toBe(2);
  });

  it('must keep their contract', async () => {
    await expect(
      database.transaction(async (tx) => tx.publish(Paid, 'k', { amount: 1.5 })),
    ).rejects.toThrow();
  });

  it('are applied once, however often they are given', async () => {
    const consumption = await consume(addTo('sum'));
    await pay(2);
    await pay(3);
    await settle();
    await consumption.stop();
    await events.rewind('tests');
    await consume(addTo('sum'));
    await events.idle();
    expect(await total()).toBe(5);
  });

  it('reach a second database that crashed before its outbox was cleared only once', async () => {
    await consume(addTo('sum'));
    await pay(2);
    await settle();
    // A second relay knows nothing of what the first has carried, as after a crash.
    await new Relay(database, events, systemClock, silentLogger).nudge();
    await events.idle();
    expect(await total()).toBe(2);
  });

  it('that cannot be applied are buried after the last try, and the others go on', async () => {
    await consume(addTo('sum'));
    await pay(1);
    await pay(13);
    await pay(4);
    await settle();
    expect(await total()).toBe(5);
    expect(await events.deadLetters()).toEqual([
      expect.objectContaining({ group: 'tests', error: 'poison', attempts: 5 }),
    ]);
  });

  it('that were buried are applied once when they are replayed', async () => {
    let isBroken = true;
    await consume(
      on(Paid, 'tests.mended', async (tx, { data }) => {
        if (isBroken) throw new Error('broken');
        await (await tx.direct()).increment(Sum, { id: 'sum' }, 'total', data.amount);
      }),
    );
    await pay(7);
    await settle();
    expect(await total()).toBe(0);
    isBroken = false;
    await events.replay('tests');
    await events.idle();
    await events.replay('tests');
    await events.idle();
    expect(await total()).toBe(7);
  });

  it('wait in the outbox while the log takes none', async () => {
    const broken = new Relay(
      database,
      { ...events, append: async () => Promise.reject(new Error('no log')) } as EventLog,
      systemClock,
      silentLogger,
    );
    await pay(2);
    await broken.nudge();
    await consume(addTo('sum'));
    await settle();
    expect(await total()).toBe(2);
  });

  it('go to consumers that make repetitions harmless themselves', async () => {
    const seen: string[] = [];
    await runConsumers([onIdempotent(Paid, 'tests.see', async ({ id }) => void seen.push(id))], {
      events,
      clock: hastyClock,
      log: silentLogger,
    });
    await events.append([
      {
        id: stableId('seen'),
        type: Paid.type,
        version: 1,
        topic: Paid.topic,
        key: 'k',
        source: 'tests',
        time: '2026-03-02T15:00:00.000Z',
        data: { amount: 1 },
      },
    ]);
    await events.idle();
    expect(seen).toEqual([stableId('seen')]);
  });

  it('stand or fall alone, though transactions are committed together', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        database.transaction(async (tx) => {
          await (await tx.direct()).increment(Sum, { id: 'sum' }, 'total', 1);
          tx.publish(Paid, 'k', { amount: 1 });
          if (index % 3 === 0) throw new Error(`no ${index}`);
          return index;
        }),
      ),
    );
    const done = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(done).toHaveLength(13);
    expect(await total()).toBe(13);
    await consume(addTo('sum'));
    await settle();
    expect(await total()).toBe(26);
  });

  it('keep the order of transactions, and reads see only what is committed', async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        database.transaction(async (tx) => {
          await (await tx.direct()).increment(Sum, { id: 'sum' }, 'total', 1);
          expect(await total()).toBeLessThanOrEqual(index);
          tx.afterCommit(() => order.push(index));
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(await total()).toBe(20);
  });
});
