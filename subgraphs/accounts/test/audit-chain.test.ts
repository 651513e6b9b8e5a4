import { closeTestSubgraphs, createTestSubgraph, runs } from '@crema/kit/testing';
import * as fc from 'fast-check';
import { auditHash } from '../src/services/audit-chain.ts';
import { accounts, verifyAudit } from '../src/subgraph.ts';
import { databaseOf, entriesOf, eventOf, write } from './audit-log.ts';
import { ADMIN, createTestAccounts, SEAL_SECRET } from './support.ts';

afterEach(closeTestSubgraphs);

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
