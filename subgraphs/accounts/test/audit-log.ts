import { stableId, type Database } from '@crema/kit';
import { makeMutable, type TestSubgraph } from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import { AuditEntry } from '../src/entities/audit-entry.ts';
import { auditHash } from '../src/services/audit-chain.ts';
import { createTestAccounts, type TestAccounts } from './support.ts';

export const eventOf = (index: number, change: object = {}) => {
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
export async function write({ test }: TestAccounts, count: number, from = 0): Promise<void> {
  await test.events.append(Array.from({ length: count }, (_, index) => eventOf(from + index)));
  await test.settle();
}

export const databaseOf = ({ running }: TestSubgraph): Database => running.database!;

export const entriesOf = (database: Database): Promise<AuditEntry[]> =>
  database.read.find(AuditEntry, { order: { position: 'ASC' } });

/** What somebody does to the tables who may do anything there. */
export const tamper = (
  database: Database,
  deed: (tx: Tables) => Promise<unknown>,
): Promise<unknown> => database.transaction(async (tx) => deed(await tx.direct()));
type Tables = Database['read'];

export async function auditedAndOpen(count: number) {
  const people = await createTestAccounts();
  await write(people, count);
  const database = databaseOf(people.test);
  await tamper(database, (tables) => makeMutable(tables, 'audit_chain'));
  return { people, database, entries: await entriesOf(database) };
}

/** A forged entry that follows this one as if it had been written then. */
export function after(entry: AuditEntry): AuditEntry {
  const forged = { ...entry, id: stableId('forged'), position: entry.position + 1 };
  forged.previousHash = entry.hash;
  forged.hash = auditHash(forged.previousHash, forged);
  return Object.assign(new AuditEntry(), forged);
}
