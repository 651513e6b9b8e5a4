import type { Document } from '@crema/kit';
import { z } from 'zod';

/** Two sets of read models have room beside each other. */
export const EDITIONS = ['a', 'b'] as const;

export type EditionName = (typeof EDITIONS)[number];

/** Which set of read models is told from, and which one is being filled. There is one such document. */
export interface EditionChoice extends Document {
  readonly current: EditionName;
  /** Null while nothing is rebuilt. */
  readonly next: EditionName | null;
  /** The rebuild that fills `next`; another one that begins takes its place. */
  readonly rebuildId: string | null;
}

const name = z.enum(EDITIONS);

export const editionChoiceSchema = z.strictObject({
  id: z.string(),
  current: name,
  next: name.nullable(),
  rebuildId: z.string().nullable(),
});

export const FIRST_CHOICE: EditionChoice = {
  id: 'choice',
  current: 'a',
  next: null,
  rebuildId: null,
};
