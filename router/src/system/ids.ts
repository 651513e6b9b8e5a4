import { randomUUID } from 'node:crypto';

/** Makes request ids. */
export interface Ids {
  next(): string;
}

export const systemIds: Ids = { next: () => randomUUID() };
