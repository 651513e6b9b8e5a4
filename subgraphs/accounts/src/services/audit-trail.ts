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
import { AUDIT_HEAD, AuditHead } from '../entities/audit-head.ts';
import { linkAfter } from './audit-chain.ts';

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

  /** Appends what an event tells of. Entries of all replicas make one chain, in the order of their commits. */
  async write(
    tx: Transaction,
    { id, data }: ReceivedEvent<z.output<typeof PrivilegedWriteMade.data>>,
  ): Promise<void> {
    const content = {
      id,
      at: new Date(data.at),
      actorId: data.actorId,
      action: asKept(data.action.slice(0, LONGEST_ACTION)),
      target: asKept(data.target.slice(0, LONGEST_TARGET)),
      details: data.details === null ? null : asKept(data.details),
    };
    const head = (await tx.lock(AuditHead, AUDIT_HEAD))!;
    // Nothing is waited for from here on: the others of a batch read the head that this one leaves.
    const link = linkAfter(head, content);
    tx.insert(AuditEntry, Object.assign(new AuditEntry(), content, link));
    tx.update(AuditHead, AUDIT_HEAD, { position: link.position, hash: link.hash });
  }
}

/** As every database gives it back, so that the hash is of what will be read: no half characters, no NUL. */
const asKept = (text: string): string =>
  Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD');
