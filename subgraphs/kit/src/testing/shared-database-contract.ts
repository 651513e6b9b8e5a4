import { pause, systemClock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { StoredEvent } from '../events/event-contract.ts';
import { silentLogger } from '../log.ts';
import { OutboxEntry, outboxEntry } from '../events/outbox.ts';
import { Relay } from '../events/relay.ts';
import {
  databaseUnderTest,
  mug,
  Mug,
  Sipped,
  type DatabaseUnderTest,
  sip,
  times,
} from './database-under-test.ts';
import { seededRandom } from './seeded-random.ts';

/** A promise and what resolves it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => undefined as void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What a database that several processes share must do besides; each adapter of a server runs it unchanged. */
export function describeSharedDatabase(name: string, server: () => string): void {
  describe(`${name} as a database of several replicas`, () => {
    let underTest: DatabaseUnderTest;

    beforeEach(async () => {
      underTest = await databaseUnderTest(server());
    });

    afterEach(() => underTest.remove());

    const insertMugs = (database: Database, count: number) =>
      database.transaction(async (tx) =>
        tx.insert(Mug, ...times(count, (index) => mug(`m${index}`))),
      );

    it('is migrated once when ten open it together', async () => {
      const created: string[] = [];
      const replicas = await Promise.all(
        times(10, () =>
          underTest.open({
            onStatement: (sql) => {
              if (/CREATE TABLE \W?mugs/.test(sql)) created.push(sql);
            },
          }),
        ),
      );
      expect(created).toHaveLength(1);
      for (const replica of replicas) expect(await replica.read.count(Mug)).toBe(0);
    });

    it('says what is wrong with a database that is not there, and not the password', async () => {
      const url = new URL(underTest.url);
      url.pathname = '/nowhere';
      url.password = 'open sesame';
      const opening = underTest.open({ url: url.href });
      await expect(opening).rejects.toThrow(/nowhere cannot be used: ./);
      await expect(opening).rejects.not.toThrow(/sesame/);
    });

    it('loses no update between replicas', async () => {
      const replicas = await Promise.all(times(3, () => underTest.open()));
      await insertMugs(replicas[0]!, 1);
      await Promise.all(
        times(60, (index) => replicas[index % 3]!.transaction((tx) => sip(tx, 'm0'))),
      );
      expect((await replicas[0]!.findMany(Mug, ['m0']))[0]?.sips).toBe(60);
    });

    it('lets the others go on while a transaction waits', async () => {
      const database = await underTest.open();
      await insertMugs(database, 2);
      const { opened, open } = gate();
      const waiting = database.transaction(async (tx) => {
        await sip(tx, 'm0');
        await opened;
      });
      await database.transaction((tx) => sip(tx, 'm1'));
      open();
      await waiting;
      const rows = await database.findMany(Mug, ['m0', 'm1']);
      expect(rows.map(({ sips }) => sips)).toEqual([1, 1]);
    });

    it('does a transaction again that was undone to end a deadlock', async () => {
      const database = await underTest.open();
      await insertMugs(database, 2);
      const locked = times(2, gate);
      const committed = times(2, gate);
      let tries = 0;
      const crossing = async (own: number, other: number) => {
        let isAgain = false;
        await database.transaction(async (tx) => {
          tries += 1;
          // Whom it met is through by then, so that the two do not meet again.
          if (isAgain) await committed[other]!.opened;
          isAgain = true;
          await sip(tx, `m${own}`);
          locked[own]!.open();
          await locked[other]!.opened;
          await sip(tx, `m${other}`);
        });
        committed[own]!.open();
      };
      await Promise.all([crossing(0, 1), crossing(1, 0)]);
      // Both once, and one of them again.
      expect(tries).toBe(3);
      const rows = await database.findMany(Mug, ['m0', 'm1']);
      expect(rows.map(({ sips }) => sips)).toEqual([2, 2]);
    });

    it('works on when its connections were cut', async () => {
      const database = await underTest.open();
      await insertMugs(database, 1);
      let tries = 0;
      await database.transaction(async (tx) => {
        tries += 1;
        await sip(tx, 'm0');
        if (tries === 1) await underTest.cutConnections();
        await tx.direct();
      });
      expect(tries).toBe(2);
      expect((await database.findMany(Mug, ['m0']))[0]?.sips).toBe(1);
    });

    it('ends what is at work before it is closed', async () => {
      const [closing, other] = await Promise.all(times(2, () => underTest.open()));
      const work = insertMugs(closing!, 1);
      await closing!.close();
      await work;
      expect(await other!.read.count(Mug)).toBe(1);
    });

    describe('and their outbox', () => {
      const relayInto = (
        database: Database,
        append: (events: readonly StoredEvent[]) => Promise<void>,
      ) => new Relay(database, { append }, systemClock, silentLogger);
      const sipsOf = ({ data }: StoredEvent) => (data as { sips: number }).sips;

      it('carries what was committed late, though its place is earlier', async () => {
        const database = await underTest.open();
        await insertMugs(database, 2);
        const carried: number[] = [];
        const relay = relayInto(
          database,
          async (events) => void carried.push(...events.map(sipsOf)),
        );
        const written = gate();
        const late = gate();
        const early = outboxEntry({
          id: 'early',
          type: Sipped.type,
          version: 1,
          topic: Sipped.topic,
          key: 'm0',
          source: 'tests',
          time: '2026-03-02T15:00:00.000Z',
          data: { sips: 1 },
        });
        const slow = database.transaction(async (tx) => {
          tx.insert(OutboxEntry, early);
          await tx.direct();
          written.open();
          await late.opened;
        });
        await written.opened;
        await database.transaction(async (tx) => tx.publish(Sipped, 'm1', { sips: 2 }));
        await relay.stop();
        await relay.nudge();
        expect(carried).toEqual([2]);
        late.open();
        await slow;
        await relay.nudge();
        expect(carried).toEqual([2, 1]);
      });

      it.each([
        ['once and in order', 0],
        ['in order, and again when the log fails halfway', 0.3],
      ])('is carried by three at once %s', async (_, failures) => {
        const replicas = await Promise.all(times(3, () => underTest.open()));
        await insertMugs(replicas[0]!, 10);
        const random = seededRandom(11);
        const log: StoredEvent[] = [];
        /** Takes some time, and some of it before it fails. */
        const append = async (events: readonly StoredEvent[]) => {
          for (const event of events) {
            await pause(systemClock, 0);
            if (random.bytes(1)[0]! / 256 < failures / events.length) throw new Error('away');
            log.push(event);
          }
        };
        const relays = replicas.map((replica) => relayInto(replica, append));
        await Promise.all(
          times(300, (index) =>
            replicas[random.bytes(1)[0]! % 3]!.transaction(async (tx) => {
              const key = `m${index % 10}`;
              tx.publish(Sipped, key, { sips: await sip(tx, key) });
            }),
          ),
        );
        await Promise.all(relays.map((relay) => relay.stop()));
        while ((await replicas[0]!.outbox.take(500, append).catch(() => 1)) > 0);

        const first = [
          ...new Map([...log].reverse().map((event) => [event.id, event])).values(),
        ].reverse();
        for (const key of times(10, (index) => `m${index}`)) {
          const sips = first.filter((event) => event.key === key).map(sipsOf);
          expect(sips).toEqual(times(30, (index) => index));
        }
        if (failures === 0) expect(log).toHaveLength(300);
      });

      it('is taken over from a replica that hangs and is cut off', async () => {
        const [hanging, healthy] = await Promise.all(times(2, () => underTest.open()));
        await hanging!.transaction(async (tx) => tx.publish(Sipped, 'm0', { sips: 1 }));
        const hangs = gate();
        const ends = gate();
        const stuck = hanging!.outbox.take(10, async () => {
          hangs.open();
          await ends.opened;
        });
        await hangs.opened;
        await underTest.cutConnections();
        const carried: number[] = [];
        // The healthy one has lost its connections, too, and may hear of it only now.
        for (let tries = 1; carried.length === 0; tries++) {
          const taking = healthy!.outbox.take(10, async (events) => {
            carried.push(...events.map(sipsOf));
          });
          await taking.catch((error: unknown) => {
            if (tries === 10) throw error;
          });
        }
        expect(carried).toEqual([1]);
        ends.open();
        await expect(stuck).rejects.toThrow();
      });
    });
  });
}
