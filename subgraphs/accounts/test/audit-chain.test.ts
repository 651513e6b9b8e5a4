import { stableId, type Database } from '@crema/kit';
import {
  closeTestSubgraphs,
  createTestSubgraph,
  makeMutable,
  runs,
  type TestSubgraph,
} from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import * as fc from 'fast-check';
import { AuditEntry } from '../src/entities/audit-entry.ts';
import { AUDIT_HEAD, AuditHead } from '../src/entities/audit-head.ts';
import { auditHash } from '../src/services/audit-chain.ts';
import { accounts, verifyAudit } from '../src/subgraph.ts';
import { ADMIN, createTestAccounts, SEAL_SECRET, type TestAccounts } from './support.ts';

afterEach(closeTestSubgraphs);

const NO_SUCH_HEAD = 'f'.repeat(64);

const eventOf = (index: number, change: object = {}) => {
  const actorId = `actor-${index % 7}`;
  return {
    id: stableId(`write/${index}`),
    type: PrivilegedWriteMade.type,
    version: PrivilegedWriteMade.version,
    topic: PrivilegedWriteMade.topic,
    key: actorId,
    source: 'test',
    time: '2026-03-02T12:00:00.000Z',
    data: {
      actorId,
      action: 'menu.setCafePrice',
      target: `Product:${index}`,
      details: null,
      at: '2026-03-02T12:00:00.000Z',
      ...change,
    },
  };
};

/** All of them in one burst, as they come from a busy log. */
async function write({ test }: TestAccounts, count: number, from = 0): Promise<void> {
  await test.events.append(Array.from({ length: count }, (_, index) => eventOf(from + index)));
  await test.settle();
}

const databaseOf = ({ running }: TestSubgraph): Database => running.database!;

const entriesOf = (database: Database): Promise<AuditEntry[]> =>
  database.read.find(AuditEntry, { order: { position: 'ASC' } });

/** What somebody does to the tables who may do anything there. */
const tamper = (database: Database, deed: (tx: Tables) => Promise<unknown>): Promise<unknown> =>
  database.transaction(async (tx) => deed(await tx.direct()));
type Tables = Database['read'];

async function auditedAndOpen(count: number) {
  const people = await createTestAccounts();
  await write(people, count);
  const database = databaseOf(people.test);
  await tamper(database, (tables) => makeMutable(tables, 'audit_chain'));
  return { people, database, entries: await entriesOf(database) };
}

describe('the chain of the audit log', () => {
  it('links each entry to the one before, and ends in the head', async () => {
    const people = await createTestAccounts();
    expect(await verifyAudit(databaseOf(people.test))).toEqual({
      entries: 0,
      head: null,
      keptHeadAt: null,
      differences: [],
    });
    await write(people, 40);
    const entries = await entriesOf(databaseOf(people.test));
    expect(entries.map(({ position }) => position)).toEqual(entries.map((_, index) => index + 1));
    expect(entries[0]!.previousHash).toBe('0'.repeat(64));
    for (const [index, entry] of entries.entries()) {
      if (index > 0) expect(entry.previousHash).toBe(entries[index - 1]!.hash);
      expect(entry.hash).toBe(auditHash(entry.previousHash, entry));
    }
    const { head, differences } = await verifyAudit(databaseOf(people.test));
    expect(differences).toEqual([]);
    expect(head).toBe(entries.at(-1)!.hash);
  });

  it('is hashed in a way that stays for ever', () => {
    const content = {
      id: '0192',
      at: new Date('2026-03-02T12:00:00.000Z'),
      actorId: 'ada',
      action: 'menu.setCafePrice',
      target: 'Product:1',
      details: 'Café crème: 4.10 "now"\n',
    };
    // printf '%s' '["000…","0192","2026-03-02T12:00:00.000Z",…]' | sha256sum
    expect(auditHash('0'.repeat(64), content)).toBe(
      'e9fd96b883a07a8224c8be6ebc8e3be6c82bc29b5a0d0d86d028548f0d0d343a',
    );
    expect(auditHash('0'.repeat(64), { ...content, details: null })).not.toBe(
      auditHash('0'.repeat(64), { ...content, details: 'null' }),
    );
  });

  it('is told to who may read the log', async () => {
    const people = await createTestAccounts();
    await write(people, 3);
    const { nodes } = await people.do(ADMIN, '{ auditLog(first: 100) { nodes { id hash } } }');
    const { head } = await verifyAudit(databaseOf(people.test));
    expect(nodes.map(({ hash }: { hash: string }) => hash)).toContain(head);
  });

  it('is one, whichever processes append to it at once', async () => {
    const people = await createTestAccounts({ isShared: true });
    const replica = await createTestSubgraph(accounts as never, {
      replicaOf: people.test,
      env: { SEAL_SECRET },
    });
    // One process at a time has a file.
    const all = process.env['CREMA_TEST_DATABASE'] ? [people.test, replica] : [people.test];
    const work = Array.from({ length: 60 }, async (_, index) => {
      const { running } = all[index % all.length]!;
      const keep = running.subgraph.consumers.find(({ name }) => name === 'accounts.keep-audit')!;
      if (keep.apply.kind !== 'transactional') throw new Error('the audit log has a transaction');
      const { run } = keep.apply;
      await running.database!.transaction((tx) => run(tx, eventOf(index)));
    });
    await Promise.all(work);
    expect(await verifyAudit(databaseOf(people.test))).toMatchObject({
      entries: 60,
      differences: [],
    });
  });

  it('is right whatever was told: the hash is of what the database gives back', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '\0', '\ud83e', '\udd50', 'é', '\n', '"'),
    });
    const people = await createTestAccounts();
    let index = 0;
    await fc.assert(
      fc.asyncProperty(text, text, text, async (action, target, details) => {
        await people.test.events.append([eventOf(index++, { action, target, details })]);
        await people.test.settle();
        expect(await verifyAudit(databaseOf(people.test))).toMatchObject({
          entries: index,
          differences: [],
        });
      }),
      { numRuns: runs(30) },
    );
    expect(await people.test.events.deadLetters()).toEqual([]);
  });
});

describe('verifying the audit log', () => {
  it.each([
    ['who did it', { actorId: 'somebody-else' }],
    ['what was done', { action: 'menu.createProduct' }],
    ['on what', { target: 'Product:none' }],
    ['the details', { details: 'nothing' }],
    ['the time', { at: new Date('2026-03-02T12:00:00.001Z') }],
  ])('names an entry in which somebody changed %s', async (_, change) => {
    const { database, entries } = await auditedAndOpen(9);
    await tamper(database, (tables) => tables.update(AuditEntry, { id: entries[4]!.id }, change));
    const { differences } = await verifyAudit(database);
    expect(differences).toEqual([expect.stringMatching(/^entry 5 \(.+\) was changed$/)]);
    expect(differences[0]).toContain(entries[4]!.id);
  });

  it('names an entry that was changed together with its hash', async () => {
    const { database, entries } = await auditedAndOpen(9);
    const changed = { ...entries[4]!, actorId: 'somebody-else' };
    const hash = auditHash(changed.previousHash, changed);
    await tamper(database, (tables) =>
      tables.update(AuditEntry, { id: changed.id }, { actorId: changed.actorId, hash }),
    );
    expect((await verifyAudit(database)).differences).toEqual([
      expect.stringMatching(/^what came before entry 6 .+ was replaced by entry 5$/),
    ]);
  });

  it('names entries that are missing, whether or not the others were moved together', async () => {
    const { database, entries } = await auditedAndOpen(9);
    const remove = (index: number) =>
      tamper(database, (tables) => tables.delete(AuditEntry, { id: entries[index]!.id }));
    await remove(3);
    await remove(4);
    expect((await verifyAudit(database)).differences).toEqual([
      expect.stringMatching(/^entries 4 to 5 are missing before entry 6 /),
    ]);
    for (const entry of entries.slice(5)) {
      const position = entry.position - 2;
      await tamper(database, (tables) => tables.update(AuditEntry, { id: entry.id }, { position }));
    }
    expect((await verifyAudit(database)).differences).toEqual([
      expect.stringMatching(/^what came before entry 4 .+ is missing/),
      'entries 8 to 9 are missing at the end',
    ]);
  });

  it('names an entry that was put in, with hashes as they should be', async () => {
    const { database, entries } = await auditedAndOpen(6);
    for (const entry of [...entries.slice(3)].reverse()) {
      const position = entry.position + 1;
      await tamper(database, (tables) => tables.update(AuditEntry, { id: entry.id }, { position }));
    }
    await tamper(database, (tables) => tables.insert(AuditEntry, after(entries[2]!)));
    expect((await verifyAudit(database)).differences).toEqual([
      expect.stringMatching(/^entry 5 .+ is out of its place: it was written right after entry 3 /),
      'the head of the log is entry 6: what follows was inserted',
    ]);
  });

  it('names an entry that was put at the end', async () => {
    const { database, entries } = await auditedAndOpen(6);
    await tamper(database, (tables) => tables.insert(AuditEntry, after(entries[5]!)));
    expect((await verifyAudit(database)).differences).toEqual([
      'the head of the log is entry 6: what follows was inserted',
    ]);
  });

  it('names entries that changed places', async () => {
    const { database, entries } = await auditedAndOpen(6);
    const move = (index: number, position: number) =>
      tamper(database, (tables) =>
        tables.update(AuditEntry, { id: entries[index]!.id }, { position }),
      );
    await move(2, 100);
    await move(3, 3);
    await move(2, 4);
    const { differences } = await verifyAudit(database);
    expect(differences).toHaveLength(3);
    for (const [index, position] of [3, 4, 5].entries()) {
      expect(differences[index]).toMatch(new RegExp(`^entry ${position} .+ is out of its place`));
    }
  });

  it('tells by a head that was kept whether the end was cut off, head and all', async () => {
    const { people, database, entries } = await auditedAndOpen(6);
    const { head } = await verifyAudit(database);
    await write(people, 2, 6);
    expect(await verifyAudit(database, head!)).toMatchObject({ keptHeadAt: 6, differences: [] });
    expect(await verifyAudit(database, NO_SUCH_HEAD)).toMatchObject({
      keptHeadAt: null,
      differences: [expect.stringContaining(`no entry has the hash ${NO_SUCH_HEAD}`)],
    });

    for (const { id } of (await entriesOf(database)).slice(5)) {
      await tamper(database, (tables) => tables.delete(AuditEntry, { id }));
    }
    expect((await verifyAudit(database)).differences).toEqual([
      'entries 6 to 8 are missing at the end',
    ]);
    const { position, hash } = entries[4]!;
    await tamper(database, (tables) =>
      tables.update(AuditHead, { id: AUDIT_HEAD }, { position, hash }),
    );
    expect((await verifyAudit(database)).differences).toEqual([]);
    expect((await verifyAudit(database, head!)).differences).toHaveLength(1);
  });

  it('finds any change to any column of any entry', async () => {
    const { database, entries } = await auditedAndOpen(12);
    const other = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom('a', 'Z', 'é') });
    const change = fc.oneof(
      fc.record({ actorId: other }),
      fc.record({ action: other }),
      fc.record({ target: other }),
      fc.record({ details: other }),
      fc.record({ at: fc.date({ min: new Date(1), max: new Date(4e12), noInvalidDate: true }) }),
      fc.record({ hash: fc.constant('a'.repeat(64)) }),
      fc.record({ previousHash: fc.constant('b'.repeat(64)) }),
      fc.record({ position: fc.integer({ min: 13, max: 1e9 }) }),
    );
    const which = fc.integer({ min: 0, max: entries.length - 1 });
    await fc.assert(
      fc.asyncProperty(which, change, async (index, changes) => {
        const before = entries[index]!;
        await tamper(database, (tables) => tables.update(AuditEntry, { id: before.id }, changes));
        const { differences } = await verifyAudit(database);
        await tamper(database, (tables) => tables.save(AuditEntry, before));
        expect(differences).not.toEqual([]);
        expect((await verifyAudit(database)).differences).toEqual([]);
      }),
      { numRuns: runs(80) },
    );
  });
});

/** A forged entry that follows this one as if it had been written then. */
function after(entry: AuditEntry): AuditEntry {
  const forged = { ...entry, id: stableId('forged'), position: entry.position + 1 };
  forged.previousHash = entry.hash;
  forged.hash = auditHash(forged.previousHash, forged);
  return Object.assign(new AuditEntry(), forged);
}
