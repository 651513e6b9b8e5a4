import type { Database } from '@crema/kit';
import type { EntityManager } from 'typeorm';
import { AuditEntry } from '../entities/audit-entry.ts';
import { AUDIT_HEAD, AuditHead } from '../entities/audit-head.ts';
import { auditHash, NOTHING_BEFORE } from './audit-chain.ts';

const AT_ONCE = 1_000;

/** What a look through the whole audit log has found. */
export interface AuditReport {
  readonly entries: number;
  /** The hash of the last entry, to be kept elsewhere; null while there is none. */
  readonly head: string | null;
  /** Where the entry is whose hash was given; null when none was, or it is not there. */
  readonly keptHeadAt: number | null;
  /** Each in words, for people; none when the log is as it was written. */
  readonly differences: readonly string[];
}

/**
 * Computes the hash of every entry anew and compares it with what it holds, follows the chain from entry to entry,
 * and compares its end with the head. That entries were cut off the end, or everything was written anew, shows only
 * by a head that was kept elsewhere: `keptHead`. Reads all of it as it was at one moment, a piece at a time.
 */
export const verifyAudit = (database: Database, keptHead?: string): Promise<AuditReport> =>
  database.snapshot(async (manager) => {
    const walk = new Walk(manager, keptHead);
    for (;;) {
      const entries = await walk.next();
      if (entries.length === 0) return walk.end();
      for (const entry of entries) await walk.visit(entry);
    }
  });

/** One way along the chain, from its first entry to its last. */
class Walk {
  private readonly differences: string[] = [];
  private entries = 0;
  /** The last position that was looked at: somebody may have put in an entry before the first. */
  private lookedAt = Number.MIN_SAFE_INTEGER;
  private position = 0;
  private hash = NOTHING_BEFORE;
  private keptHeadAt: number | null = null;

  constructor(
    private readonly manager: EntityManager,
    private readonly keptHead: string | undefined,
  ) {}

  next(): Promise<AuditEntry[]> {
    return this.manager
      .createQueryBuilder(AuditEntry, 'entry')
      .where('entry.position > :position', { position: this.lookedAt })
      .orderBy('entry.position')
      .take(AT_ONCE)
      .getMany();
  }

  async visit(entry: AuditEntry): Promise<void> {
    const { position, previousHash, hash } = entry;
    this.entries++;
    this.lookedAt = position;
    if (position < 1) return this.differs(`${nameOf(entry)} was put in: entries count from 1`);
    if (auditHash(previousHash, entry) !== hash) this.differs(`${nameOf(entry)} was changed`);
    if (position !== this.position + 1) {
      this.differs(`${missing(this.position + 1, position - 1)} before ${nameOf(entry)}`);
    } else if (previousHash !== this.hash) {
      this.differs(await this.whyItDoesNotFollow(entry));
    }
    if (hash === this.keptHead) this.keptHeadAt = position;
    this.position = position;
    this.hash = hash;
  }

  async end(): Promise<AuditReport> {
    const { manager, entries, keptHead, keptHeadAt, differences } = this;
    const head = await manager.findOneBy(AuditHead, { id: AUDIT_HEAD });
    if (!head) this.differs('the head of the log is missing');
    else if (head.position > this.position) {
      this.differs(`${missing(this.position + 1, head.position)} at the end`);
    } else if (head.position < this.position) {
      this.differs(`the head of the log is entry ${head.position}: what follows was inserted`);
    } else if (head.hash !== this.hash) {
      this.differs(`the last entry, ${this.position}, is not the one that the head tells of`);
    }
    if (keptHead !== undefined && keptHeadAt === null) {
      this.differs(
        `no entry has the hash ${keptHead}: the log was cut off before it, or written anew`,
      );
    }
    return { entries, head: entries > 0 ? this.hash : null, keptHeadAt, differences };
  }

  private async whyItDoesNotFollow(entry: AuditEntry): Promise<string> {
    const before = await this.manager.findOneBy(AuditEntry, { hash: entry.previousHash });
    if (before) {
      return `${nameOf(entry)} is out of its place: it was written right after ${nameOf(before)}`;
    }
    if (entry.previousHash === NOTHING_BEFORE) {
      return `${nameOf(entry)} is out of its place: it was written first`;
    }
    return entry.position === 1
      ? `what came before ${nameOf(entry)} is missing`
      : `what came before ${nameOf(entry)} is missing, or was replaced by entry ${entry.position - 1}`;
  }

  private differs(what: string): void {
    this.differences.push(what);
  }
}

const nameOf = ({ position, id, action, at }: AuditEntry): string =>
  `entry ${position} (${id}, ${action}, ${at.toISOString()})`;

const missing = (from: number, to: number): string =>
  from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`;
