import { randomUUID } from 'node:crypto';
import { requirement, serviceUrl } from '@crema/check';
import { createConnection } from 'mongoose';
import { openDocuments, systemClock, type Documents } from '../src/index.ts';
import { cup, cupSchema, type Cup } from '../src/testing/document-cups.ts';
import { describeDocuments } from '../src/testing/documents-contract.ts';
import { Cuttable } from './cuttable.ts';

const server = serviceUrl('mongodb');
const scratchUrl = () => `${server}/crema_test_${randomUUID()}`;
const open = (url: string) => openDocuments({ url, clock: systemClock });

async function drop(url: string): Promise<void> {
  const connection = await createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

const openCups = (documents: Documents) =>
  documents.collection<Cup>({
    name: 'cups',
    schema: cupSchema,
    indexes: [{ fields: ['owner', 'filledAt', 'id'] }, { fields: ['slot'], unique: true }],
  });

requirement('services', server !== undefined)('MongoDB', () => {
  describeDocuments('MongoDB', async () => {
    const url = scratchUrl();
    return { open: () => open(url), remove: () => drop(url) };
  });

  describe('of several processes', () => {
    let url: string;
    let processes: Documents[];

    beforeEach(async () => {
      url = scratchUrl();
      processes = await Promise.all(Array.from({ length: 3 }, () => open(url)));
    });

    afterEach(async () => {
      await Promise.all(processes.map((each) => each.close()));
      await drop(url);
    });

    it('makes the indexes once, when all start together', async () => {
      await Promise.all(processes.map(openCups));
      await openCups(processes[0]!);
      const connection = await createConnection(url).asPromise();
      const indexes = await connection.collection('cups').listIndexes().toArray();
      await connection.close();
      expect(indexes.map(({ key, unique }) => [key as unknown, unique ?? false])).toEqual([
        [{ _id: 1 }, false],
        [{ owner: 1, filledAt: 1, _id: 1 }, false],
        [{ slot: 1 }, true],
      ]);
    });

    it('loses no change of a document, and applies each once', async () => {
      const cups = await Promise.all(processes.map(openCups));
      const tries = await Promise.all(
        Array.from({ length: 150 }, (_, i) =>
          cups[i % 3]!.change('a', {
            add: { sips: 1, refills: 2 },
            orInsert: cup('a'),
            onceKey: `key ${Math.floor(i / 3)}`,
          }),
        ),
      );
      expect(tries.filter(Boolean)).toHaveLength(50);
      expect(await cups[0]!.get('a')).toEqual(cup('a', { sips: 50, refills: 100 }));
    });
  });

  describe('that goes away', () => {
    it('fails what is asked within seconds, and is found again by itself', async () => {
      const url = scratchUrl();
      const { hostname, port, pathname } = new URL(url);
      const way = new Cuttable(hostname, Number(port));
      await way.mend();
      const documents = await open(`mongodb://127.0.0.1:${way.port}${pathname}`);
      const cups = await openCups(documents);
      await cups.insert(cup('a'));

      await way.cut();
      const startedAt = performance.now();
      const outcomes = await Promise.allSettled([
        cups.get('a'),
        cups.insert(cup('b')),
        cups.change('a', { add: { sips: 1 }, onceKey: 'k' }),
        cups.totals({ by: 'owner' }),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
      expect((outcomes[0] as PromiseRejectedResult).reason).toMatchObject({
        message: expect.stringContaining('ECONNREFUSED'),
      });
      expect(performance.now() - startedAt).toBeLessThan(15_000);

      await way.mend();
      expect(await cups.change('a', { add: { sips: 1 }, onceKey: 'k' })).toBe(true);
      expect(await cups.get('a')).toEqual(cup('a', { sips: 1 }));
      await documents.close();
      await way.cut();
      await drop(url);
    }, 60_000);
  });

  it('that is not there is told of within seconds, and without the password', async () => {
    const error = await open('mongodb://ada:secret@127.0.0.1:1/cups').then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error!.message).toMatch(/^MongoDB cannot be used: .*127\.0\.0\.1:1/);
    expect(error!.message).not.toContain('secret');
  });

  it('needs the name of a database', async () => {
    await expect(open(server!)).rejects.toThrow('must name a database');
  });
});
