import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stableId } from '@crema/kit';
import { CafeChanged, ProductChanged, SalesImported } from '@crema/schema/events';
import { takeLock } from '@crema/standalone';
import { readCatalogue } from '../src/catalogue.ts';
import {
  fileOf,
  importAt,
  lineOf,
  logAt,
  removeScratchFolders,
  rowsIn,
  salesAt,
  scratchFolder,
} from './support.ts';

afterAll(removeScratchFolders);

const HARLEM = stableId('cafe/harlem');

const catalogueAt = async (dataDir: string) => {
  const log = logAt(dataDir);
  const catalogue = await readCatalogue(log);
  await log.close();
  return catalogue;
};

/** How many events of each topic there are. */
const eventsAt = async (dataDir: string): Promise<Record<string, number>> => {
  const log = logAt(dataDir);
  const counts: Record<string, number> = {};
  await log.read([CafeChanged.topic, ProductChanged.topic, SalesImported.topic], async (events) => {
    for (const { topic } of events) counts[topic] = (counts[topic] ?? 0) + 1;
  });
  await log.close();
  return counts;
};

/** What is in a folder, without the files that SQLite keeps beside a database while it is open. */
const databasesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !/-(shm|wal)$/.test(name))
    .sort();

describe('an import', () => {
  it('opens cafés and takes in products that are missing, and tells each sale with its instant', async () => {
    const dataDir = scratchFolder();
    const file = fileOf([
      lineOf(1),
      lineOf(2, { date: '7/1/23', product: [40, 'Mug'], price: '18', category: 'Branded' }),
    ]);

    const { content, fresh, leftOut, isApplied } = await importAt(dataDir, file);

    expect({ lines: content.lines, leftOut, isApplied }).toEqual({
      lines: 2,
      leftOut: [],
      isApplied: true,
    });
    expect([...fresh]).toEqual([['9', { rows: 2, items: 4, revenueMinor: 4_450 }]]);
    expect(await salesAt(dataDir)).toEqual([
      expect.objectContaining({ cafeId: HARLEM, at: '2023-01-31T12:06:11.000Z', quantity: 2 }),
      expect.objectContaining({ at: '2023-07-01T11:06:11.000Z', unitPriceMinor: 1_800 }),
    ]);
    const { cafes, products } = await catalogueAt(dataDir);
    expect([...cafes.values()]).toEqual([
      expect.objectContaining({
        id: HARLEM,
        slug: 'harlem',
        name: 'Harlem',
        timeZone: 'America/New_York',
        currency: 'USD',
      }),
    ]);
    expect(
      [...products.values()].map(({ sku, name, category, isArchived }) => [
        sku,
        name,
        category,
        isArchived,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['pos-39', 'Latte Rg', 'Coffee', true],
        ['pos-40', 'Mug', 'Branded', true],
      ]),
    );
  });

  it('changes nothing when it is repeated, and adds what is new of a file that overlaps', async () => {
    const dataDir = scratchFolder();
    await importAt(dataDir, fileOf([lineOf(1), lineOf(2), lineOf(3)]));
    const before = await eventsAt(dataDir);

    const again = await importAt(dataDir, fileOf([lineOf(3), lineOf(1), lineOf(2)]));
    expect([rowsIn(again.fresh), rowsIn(again.known)]).toEqual([0, 3]);
    expect(await eventsAt(dataDir)).toEqual(before);

    const more = await importAt(dataDir, fileOf([lineOf(2), lineOf(3), lineOf(4)], { gzip: true }));
    expect([rowsIn(more.fresh), rowsIn(more.known), more.leftOut]).toEqual([1, 2, []]);
    expect((await salesAt(dataDir)).map(({ transactionId }) => transactionId)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  it('leaves out a transaction that was another sale before, in the file or in an earlier one', async () => {
    const dataDir = scratchFolder();
    const first = await importAt(
      dataDir,
      fileOf([
        lineOf(1),
        lineOf(1),
        lineOf(1, { quantity: 3 }),
        lineOf(2),
        lineOf(3, { quantity: -1 }),
      ]),
    );
    expect([rowsIn(first.fresh), first.content.repeated]).toEqual([2, 1]);
    expect(first.leftOut).toEqual([
      '6,transaction_qty,"""-1"" is no whole number from 1 to 100000"',
      '4,transaction_id,"1 stands on line 2 too, where it is another sale"',
    ]);

    const changed = await importAt(
      dataDir,
      fileOf([
        lineOf(1, { price: '4.5' }),
        lineOf(2, { date: '2023-02-01' }),
        lineOf(4, { store: [10, 'Inwood'] }),
      ]),
    );
    expect([rowsIn(changed.fresh), changed.leftOut]).toEqual([
      1,
      [
        '2,transaction_id,1 was imported before with unit_price 4.25',
        '3,transaction_id,2 was imported before with the time 2023-01-31T12:06:11.000Z',
      ],
    ]);
  });

  it('is told of dry, and changes nothing then', async () => {
    const fresh = join(scratchFolder(), 'data');
    const file = fileOf([lineOf(1), lineOf(2)]);
    const nowhere = await importAt(fresh, file, { isDryRun: true });
    expect([rowsIn(nowhere.fresh), nowhere.plan.cafes.get('9')?.found?.slug]).toEqual([
      2,
      'harlem',
    ]);
    expect(existsSync(fresh)).toBe(false);

    const dataDir = scratchFolder();
    await importAt(dataDir, fileOf([lineOf(1)]));
    const before = await eventsAt(dataDir);
    const names = databasesIn(dataDir);
    const looked = await importAt(dataDir, file, { isDryRun: true });
    expect([rowsIn(looked.fresh), rowsIn(looked.known)]).toEqual([1, 1]);
    expect([...looked.plan.products.values()].filter(({ found }) => found)).toEqual([]);
    expect(await eventsAt(dataDir)).toEqual(before);
    expect(databasesIn(dataDir)).toEqual(names);
  });

  it('finds cafés and products of the same names, in whatever case', async () => {
    const dataDir = scratchFolder();
    const file = fileOf([
      lineOf(1, {
        store: [8, "HELL'S KITCHEN"],
        product: [70, 'almond croissant'],
        category: 'BAKERY',
      }),
    ]);
    const { plan } = await importAt(dataDir, file, { env: { DEMO: 'true' } });
    expect(plan.cafes.get('8')).toMatchObject({ slug: 'hells-kitchen', found: null });
    expect(plan.products.get('70')).toMatchObject({ sku: 'almond-croissant', found: null });
    expect((await salesAt(dataDir))[0]!.cafeId).toBe(stableId('cafe/hells-kitchen'));
  });

  it('takes a time that clocks skip for the instant of the change, and one that comes twice for its first', async () => {
    const dataDir = scratchFolder();
    await importAt(
      dataDir,
      fileOf([
        lineOf(1, { date: '2023-03-12', time: '01:59:59' }),
        lineOf(2, { date: '2023-03-12', time: '02:30:00' }),
        lineOf(3, { date: '2023-03-12', time: '03:00:00' }),
        lineOf(4, { date: '2023-11-05', time: '01:30:00' }),
        lineOf(5, { date: '2023-11-05', time: '02:00:00' }),
      ]),
    );
    expect((await salesAt(dataDir)).map(({ at }) => at)).toEqual([
      '2023-03-12T06:59:59.000Z',
      '2023-03-12T07:00:00.000Z',
      '2023-03-12T07:00:00.000Z',
      '2023-11-05T05:30:00.000Z',
      '2023-11-05T07:00:00.000Z',
    ]);
  });

  it('is refused while another one works on the folder', async () => {
    const dataDir = scratchFolder();
    const lock = takeLock(join(dataDir, 'import.db'))!;
    await expect(importAt(dataDir, fileOf([lineOf(1)]))).rejects.toThrow(/Another import works/);
    lock.close();
    await importAt(dataDir, fileOf([lineOf(1)]));
    expect(await salesAt(dataDir)).toHaveLength(1);
  });

  it('changes nothing when the file cannot be read to its end', async () => {
    const dataDir = scratchFolder();
    const cut = fileOf([lineOf(1), '2,"2023']);
    await expect(importAt(dataDir, cut)).rejects.toThrow(/never closed/);
    expect(await salesAt(dataDir)).toEqual([]);
    expect((await catalogueAt(dataDir)).cafes.size).toBe(0);
  });
});
