import {
  readPage,
  toConnection,
  type Caller,
  type Connection,
  type Database,
  type ReceivedEvent,
  type Transaction,
} from '@crema/kit';
import type { PrivilegedWriteMade } from '@crema/schema/events';
import type { z } from 'zod';
import { AuditEntry } from '../entities/audit-entry.ts';

const LONGEST_ACTION = 100;
const LONGEST_TARGET = 200;

export interface AuditList {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly actorId?: string | null;
  readonly action?: string | null;
}

/** Who did what, in all of Crema. Written once, from events; never changed. */
export class AuditTrail {
  constructor(private readonly database: Database) {}

  async list(
    caller: Caller,
    { first, after, actorId, action }: AuditList,
  ): Promise<Connection<AuditEntry>> {
    caller.require('audit:read');
    const page = readPage(first, after, 50);
    const query = this.database.read
      .createQueryBuilder(AuditEntry, 'entry')
      .orderBy('entry.at', 'DESC')
      .addOrderBy('entry.id', 'DESC')
      .take(page.first + 1);
    if (actorId) query.andWhere('entry.actorId = :actorId', { actorId });
    if (action) query.andWhere('entry.action = :action', { action });
    if (page.after) {
      const [at, id] = page.after;
      query.andWhere('(entry.at < :at OR (entry.at = :at AND entry.id < :id))', {
        at,
        id: id ?? '',
      });
    }
    return toConnection(
      await query.getMany(),
      page,
      (entry) => [entry.at.getTime(), entry.id],
      (entry) => entry,
    );
  }

  async write(
    tx: Transaction,
    { id, data }: ReceivedEvent<z.output<typeof PrivilegedWriteMade.data>>,
  ): Promise<void> {
    const entry = Object.assign(new AuditEntry(), {
      id,
      at: new Date(data.at),
      actorId: data.actorId,
      action: data.action.slice(0, LONGEST_ACTION),
      target: data.target.slice(0, LONGEST_TARGET),
      details: data.details,
    });
    tx.insert(AuditEntry, entry);
  }
}
