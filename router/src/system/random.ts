import { randomInt } from 'node:crypto';

/** Chance, for what must not happen everywhere at once. */
export interface Random {
  /** A number from 0 on and below 1; each is as likely as another. */
  next(): number;
}

const STEPS = 2 ** 32;

export const systemRandom: Random = { next: () => randomInt(STEPS) / STEPS };
