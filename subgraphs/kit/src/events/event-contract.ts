import type { z } from 'zod';

/** What an event type promises: its name, where it travels, and the shape of its data. */
export interface EventContract<Data = unknown> {
  /** Past tense, `<owner>.<aggregate>.<fact>`. */
  readonly type: string;
  readonly version: number;
  readonly topic: string;
  readonly data: z.ZodType<Data>;
}

/** One fact as it is stored and carried: the attributes of CloudEvents 1.0. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly topic: string;
  /** The aggregate's id: the partition key, and CloudEvents' `subject`. */
  readonly key: string;
  readonly source: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly data: unknown;
  /** The trace that it belongs to (W3C Trace Context), when there is one. */
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** A fact as a consumer sees it, its data read by the contract. */
export interface ReceivedEvent<Data> extends Omit<StoredEvent, 'data'> {
  readonly data: Data;
}
