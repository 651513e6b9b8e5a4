import type { GraphQLFormattedError } from 'graphql';
import { goingAway } from '../../errors.ts';
import { encodedOnce, type StreamFormat } from './streaming-format.ts';

const DELIMITER = '\r\n--graphql';
const END = '--\r\n';

// A part counts once the delimiter behind it has come, so it is sent with the part.
const part = (json: string): string =>
  `\r\ncontent-type: application/json\r\n\r\n${json}${DELIMITER}`;

const failure = (errors: readonly GraphQLFormattedError[]): string =>
  part(JSON.stringify({ payload: null, errors })) + END;

/** Subscriptions over multipart HTTP as Apollo's clients speak it, `subscriptionSpec=1.0`. */
export const multipartFormat: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  opening: DELIMITER,
  heartbeat: part('{}'),
  answer: encodedOnce((json) => part(`{"payload":${json}}`)),
  completion: END,
  failure,
  goodbye: failure([goingAway]),
};
