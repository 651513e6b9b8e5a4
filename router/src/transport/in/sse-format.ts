import { encodedOnce, type StreamFormat } from './streaming-format.ts';

/** One event of a stream; JSON texts hold no line break. */
export function serverSentEvent(event: 'next' | 'complete', data: string): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}

/** A comment, which clients do not see. */
export const COMMENT = ':\n\n';

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

// Browsers do not tell of an event without data.
const COMPLETE = serverSentEvent('complete', '');

/** GraphQL over SSE, an operation to a connection: github.com/enisdenjo/graphql-sse, PROTOCOL.md. */
export const sseFormat: StreamFormat = {
  contentType: EVENT_STREAM,
  opening: COMMENT,
  heartbeat: COMMENT,
  answer: encodedOnce((json) => serverSentEvent('next', json)),
  completion: COMPLETE,
  failure: (errors) => serverSentEvent('next', JSON.stringify({ errors })) + COMPLETE,
  // Without completion clients take the connection for lost, and come again.
  goodbye: '',
};
