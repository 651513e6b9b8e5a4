import { createHash } from 'node:crypto';
import type { Random } from '../ids.ts';

/** Chance that repeats itself: the same seed gives the same bytes. */
export function seededRandom(seed: number): Random {
  let block = 0;
  let bytes = Buffer.alloc(0);
  return {
    bytes(count) {
      while (bytes.length < count) {
        bytes = Buffer.concat([bytes, createHash('sha256').update(`${seed}:${block++}`).digest()]);
      }
      const taken = bytes.subarray(0, count);
      bytes = bytes.subarray(count);
      return new Uint8Array(taken);
    },
  };
}
