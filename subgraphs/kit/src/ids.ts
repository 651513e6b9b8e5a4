import { createHash, randomFillSync } from 'node:crypto';
import type { Clock } from './clock.ts';

/** The only source of chance. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** Chance is drawn from the system in large pieces: each call costs more than a thousand bytes do. */
const POOL_BYTES = 4_096;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

export const systemRandom: Random = {
  bytes(count) {
    if (count > POOL_BYTES) return randomFillSync(new Uint8Array(count));
    if (used + count > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const taken = new Uint8Array(pool.subarray(used, used + count));
    // What was given out is nowhere else.
    pool.fill(0, used, used + count);
    used += count;
    return taken;
  },
};

/** Makes identifiers that sort by the time they were made. */
export interface Ids {
  next(): string;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const dashed = (digits: string): string =>
  [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ].join('-');

/** UUID version 7 (RFC 9562): 48 bits of milliseconds, then chance. */
export const uuidV7 = (clock: Clock, random: Random): Ids => ({
  next() {
    const bytes = random.bytes(10);
    bytes[0] = (bytes[0]! & 0x0f) | 0x70;
    bytes[2] = (bytes[2]! & 0x3f) | 0x80;
    return dashed(clock.now().getTime().toString(16).padStart(12, '0') + hex(bytes));
  },
});

/**
 * The same UUID (version 8, RFC 9562) for the same name, always. Demo data uses it so that subgraphs
 * agree on an identifier without asking each other, and consumers for what must be made only once.
 */
export function stableId(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return dashed(hex(bytes));
}
