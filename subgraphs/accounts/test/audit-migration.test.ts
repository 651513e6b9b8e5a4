import {
  openDatabase,
  stableId,
  systemClock,
  systemRandom,
  uuidV7,
  type Database,
} from '@crema/kit';
import { createScratchDatabase, type ScratchDatabase } from '@crema/kit/testing';
import type { QueryRunner } from 'typeorm';
import { AuditEntry } from '../src/entities/audit-entry.ts';
import { AccountsTables1700000000001 } from '../src/migrations/accounts-tables.ts';
import { AuditChain1700000000002 } from '../src/migrations/audit-chain.ts';
import { accounts, verifyAudit } from '../src/subgraph.ts';

jest.setTimeout(60_000);

let scratch: ScratchDatabase;

beforeEach(async () => {
  scratch = await createScratchDatabase(process.env['CREMA_TEST_DATABASE'] ?? 'file:');
});

afterEach(async () => {
  jest.restoreAllMocks();
  await scratch.drop();
});

const open = (migrations = accounts.migrations): Promise<Database> =>
  openDatabase({
    url: scratch.url,
    source: 'accounts',
    entities: accounts.entities,
    migrations,
    clock: systemClock,
    ids: uuidV7(systemClock, systemRandom),
    random: systemRandom,
  });

/** An audit log of before there was a chain; many entries are of the same moment. */
async function writeOldLog(count: number): Promise<void> {
  const database = await open([AccountsTables1700000000001]);
  await database.transaction(async (tx) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      id: stableId(`old/${index}`),
      at: 1_772_452_800_000 + Math.floor(index / 5) * 1_000,
      actor_id: `actor-${index % 3}`,
      action: 'menu.setCafePrice',
      target: `Product:${index}`,
      details: index % 2 === 0 ? null : `Café ${index}: "4.10" 🥐`,
    }));
    await (
      await tx.direct()
    )
      .createQueryBuilder()
      .insert()
      .into('audit_entries', Object.keys(rows[0]!))
      .values(rows)
      .execute();
  });
  await database.close();
}

/** Fails once, at this statement, as if the process had been killed there. */
const cutOffAt = (statement: number) =>
  class AuditChain1700000000002CutOff extends AuditChain1700000000002 {
    override async up(runner: QueryRunner): Promise<void> {
      const query = runner.query.bind(runner);
      let count = 0;
      runner.query = (...parameters: Parameters<typeof query>) =>
        ++count === statement ? Promise.reject(new Error('cut off')) : query(...parameters);
      await super.up(runner);
    }
  };

async function expectChained(count: number): Promise<void> {
  const database = await open();
  const entries = await database.read.find(AuditEntry, { order: { position: 'ASC' } });
  expect(entries).toHaveLength(count);
  const keys = entries.map(({ at, id }) => `${at.toISOString()} ${id}`);
  expect(keys).toEqual([...keys].sort());
  for (const { target, details } of entries) {
    const index = Number(target.slice('Product:'.length));
    expect(details).toBe(index % 2 === 0 ? null : `Café ${index}: "4.10" 🥐`);
  }
  const { head, differences } = await verifyAudit(database);
  expect(differences).toEqual([]);
  expect(head).toBe(entries.at(-1)?.hash ?? null);
  const change = database.transaction(async (tx) =>
    (await tx.direct()).update(AuditEntry, { id: entries[0]!.id }, { actorId: 'nobody' }),
  );
  await expect(change).rejects.toThrow('immutable');
  await database.close();
}

describe('an audit log of before the chain', () => {
  it('is chained in the order of its time, nothing lost or changed', async () => {
    await writeOldLog(1_203);
    await expectChained(1_203);
  });

  it('is chained once, by whichever process starts first', async () => {
    await writeOldLog(20);
    await (await open()).close();
    await expectChained(20);
  });

  it.each([3, 8, 12, 15, 18, 21])(
    'is chained by the next start when one is cut off at statement %i',
    async (statement) => {
      await writeOldLog(1_203);
      // TypeORM tells the console of it.
      jest.spyOn(console, 'log').mockImplementation();
      await expect(open([AccountsTables1700000000001, cutOffAt(statement)])).rejects.toThrow(
        'cut off',
      );
      await expectChained(1_203);
    },
  );
});
