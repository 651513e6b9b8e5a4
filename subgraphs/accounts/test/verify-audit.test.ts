import { closeTestSubgraphs, runs } from '@crema/kit/testing';
import * as fc from 'fast-check';
import { AuditEntry } from '../src/entities/audit-entry.ts';
import { AUDIT_HEAD, AuditHead } from '../src/entities/audit-head.ts';
import { auditHash } from '../src/services/audit-chain.ts';
import { verifyAudit } from '../src/subgraph.ts';
import { after, auditedAndOpen, entriesOf, tamper, write } from './audit-log.ts';

afterEach(closeTestSubgraphs);

const NO_SUCH_HEAD = 'f'.repeat(64);

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

  it.each([
    ['at the end', 7, /^the head of the log is entry 6: what follows was inserted$/],
    ['before the first', 0, /^entry 0 .+ was put in/],
    ['far before the first', -5, /^entry -5 .+ was put in/],
  ])('names an entry that was put %s', async (_, position, difference) => {
    const { database, entries } = await auditedAndOpen(6);
    const forged = { ...after(entries[5]!), position };
    await tamper(database, (tables) => tables.insert(AuditEntry, forged));
    const { differences } = await verifyAudit(database);
    expect(differences).toEqual([expect.stringMatching(difference)]);
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
