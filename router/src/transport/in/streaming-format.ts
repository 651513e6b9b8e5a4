import type { GraphQLFormattedError } from 'graphql';
import type { LiveEvent } from '../../subscriptions/live-event.ts';

/** How a stream of answers to one operation is written. */
export interface StreamFormat {
  readonly contentType: string;
  /** Goes out first. */
  readonly opening: string;
  /** Goes out now and then, so that proxies do not take a quiet stream for a dead one. */
  readonly heartbeat: string;
  answer(answer: LiveEvent): Buffer;
  /** The end of an operation that is done. */
  readonly completion: string;
  /** The end of an operation that cannot go on. */
  failure(errors: readonly GraphQLFormattedError[]): string;
  /** The end when the router closes and the client should ask again. */
  readonly goodbye: string;
}

/** Encodes an answer once for all clients that are told the same. */
export function encodedOnce(encode: (json: string) => string): StreamFormat['answer'] {
  const known = new WeakMap<LiveEvent, Buffer>();
  return (answer) => {
    let bytes = known.get(answer);
    if (!bytes) known.set(answer, (bytes = Buffer.from(encode(answer.json))));
    return bytes;
  };
}
