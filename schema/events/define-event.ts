import type { z } from 'zod';

/** What an event type promises. Data only grows by optional fields; a changed meaning is a new version. */
export interface EventDefinition<Data> {
  /** Past tense, `<owner>.<aggregate>.<fact>`. */
  readonly type: string;
  readonly version: number;
  readonly topic: string;
  readonly data: z.ZodType<Data>;
}

export const defineEvent = <Data>(definition: EventDefinition<Data>): EventDefinition<Data> =>
  definition;
