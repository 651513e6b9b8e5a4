import { createHash } from 'node:crypto';
import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, StringColumn } from './columns.ts';
import { ConflictError } from './database-errors.ts';
import { Refusal, refused } from '../errors.ts';
import { selectRows } from './rows.ts';
import type { Transaction } from './transaction.ts';

/** What an owner's key stood for, and what came of it. */
@Entity('idempotency_keys')
export class IdempotencyKey {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  owner!: string;

  @PrimaryColumn({ type: 'varchar', length: 50 })
  operation!: string;

  @PrimaryColumn({ type: 'varchar', length: 200, name: 'idempotency_key' })
  key!: string;

  @StringColumn(64)
  fingerprint!: string;

  @JsonColumn()
  result!: unknown;

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;
}

export interface Once {
  /** Keys belong to a person: another's equal key is another key. */
  owner: string;
  operation: string;
  key: string;
  /** Everything that makes the request what it is, as JSON. */
  input: unknown;
  now: Date;
}

/** JSON with the keys of every object in order, so that equal inputs have equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * Does the work once per owner, operation and key; the same again answers with the first result, which
 * must be plain JSON (an id, as a rule). Another input under the key is refused with
 * IDEMPOTENCY_KEY_REUSED. Work that is refused leaves no trace: the key is free for the next try.
 */
export async function once<Result>(
  tx: Transaction,
  { owner, operation, key, input, now }: Once,
  work: () => Promise<Result>,
): Promise<Result> {
  if (key.trim() === '' || key.length > 200) {
    throw refused('INVALID_INPUT', 'The key must have 1 to 200 characters.', ['idempotencyKey']);
  }
  const fingerprint = createHash('sha256').update(canonical(input)).digest('hex');
  const known = await tx.find(IdempotencyKey, [owner, operation, key]);
  if (known) {
    if (known.fingerprint !== fingerprint) {
      throw refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for another request.', [
        'idempotencyKey',
      ]);
    }
    return known.result as Result;
  }
  const result = await work().catch(async (error: unknown) => {
    // The same request, asked at the same time, may have been first and have taken what this one needed.
    if (error instanceof Refusal && (await isThereNow(tx, [owner, operation, key]))) {
      throw new ConflictError('the key was used meanwhile', { cause: error });
    }
    throw error;
  });
  tx.insert(IdempotencyKey, { owner, operation, key, fingerprint, result, createdAt: now });
  return result;
}

/** Whether somebody else has committed the key since this transaction looked for it. */
const isThereNow = async (tx: Transaction, key: readonly string[]): Promise<boolean> =>
  (await selectRows(tx.reader, IdempotencyKey, [key])).length > 0;
