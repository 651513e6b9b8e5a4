import { createHash } from 'node:crypto';
import type { AuditEntry } from '../entities/audit-entry.ts';

/** What stands before the first entry. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** What an entry tells: all that its hash is made of, but for the hash of the one before. */
export type AuditContent = Pick<
  AuditEntry,
  'id' | 'at' | 'actorId' | 'action' | 'target' | 'details'
>;

export type AuditLink = Pick<AuditEntry, 'position' | 'previousHash' | 'hash'>;

/**
 * SHA-256, in hex, of the JSON text of `[previousHash, id, at, actorId, action, target, details]`, `at` in ISO 8601
 * with milliseconds. Anybody can compute it anew from the table; it must never change.
 */
export const auditHash = (
  previousHash: string,
  { id, at, actorId, action, target, details }: AuditContent,
): string =>
  createHash('sha256')
    .update(JSON.stringify([previousHash, id, at.toISOString(), actorId, action, target, details]))
    .digest('hex');

/** How an entry hangs on the one that is last so far. */
export const linkAfter = (
  last: Pick<AuditEntry, 'position' | 'hash'>,
  content: AuditContent,
): AuditLink => ({
  position: last.position + 1,
  previousHash: last.hash,
  hash: auditHash(last.hash, content),
});
