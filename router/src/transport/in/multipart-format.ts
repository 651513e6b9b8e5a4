import type { GraphQLFormattedError } from 'graphql';
import { goingAway } from '../../errors.ts';
import { encodedOnce, type StreamFormat } from './streaming-format.ts';

const END = '--\r\n';

// A part counts once the delimiter behind it has come, so it is sent with the part.
const partsBy =
  (delimiter: string) =>
  (json: string): string =>
    `\r\ncontent-type: application/json\r\n\r\n${json}${delimiter}`;

const EVENTS = '\r\n--graphql';
const event = partsBy(EVENTS);

const lost = (errors: readonly GraphQLFormattedError[]): string =>
  event(JSON.stringify({ payload: null, errors })) + END;

/** Subscriptions over multipart HTTP as Apollo's clients speak it, `subscriptionSpec=1.0`. */
export const multipartFormat: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  opening: EVENTS,
  heartbeat: event('{}'),
  answer: encodedOnce((json) => event(`{"payload":${json}}`)),
  completion: END,
  failure: lost,
  goodbye: lost([goingAway]),
};

const PARTS = '\r\n---';

/** A part of an answer, which says itself whether it is the last. */
export const answerPart = partsBy(PARTS);

const brokenOff = (errors: readonly GraphQLFormattedError[]): string =>
  answerPart(JSON.stringify({ errors, hasNext: false })) + END;

/** Answers in parts over multipart HTTP as Apollo's clients and routers speak it, `deferSpec=20220824`. */
export const partsFormat: StreamFormat = {
  contentType: 'multipart/mixed;boundary="-";deferSpec=20220824',
  opening: PARTS,
  heartbeat: answerPart('{"hasNext":true}'),
  // An answer that is told at once is its only part.
  answer: ({ json }) => Buffer.from(answerPart(`${json.slice(0, -1)},"hasNext":false}`)),
  completion: END,
  failure: brokenOff,
  goodbye: brokenOff([goingAway]),
};
