import type { ServerResponse } from 'node:http';
import { namesIn } from '../../caching/cache-control.ts';
import type { RequestError } from '../../errors.ts';
import type { Answer } from '../../execution/run.ts';
import { multipartFormat, partsFormat } from './multipart-format.ts';
import { isStream, type AnswerType, type StreamType } from './negotiation.ts';
import { sseFormat } from './sse-format.ts';
import type { StreamFormat } from './streaming-format.ts';

/** How streams of a media type are written. */
export const FORMATS: Readonly<Record<StreamType, StreamFormat>> = {
  'text/event-stream': sseFormat,
  'multipart/mixed;subscriptionSpec=1.0': multipartFormat,
  'multipart/mixed;deferSpec=20220824': partsFormat,
};

/** Codes of well-formed requests whose document cannot run, which application/json answers with 200. */
const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** In characters. What is shorter is written as fast as it is looked up. */
const LONG = 4_096;
const written = new WeakMap<object, Buffer>();

/** Sends the one answer of an operation, which is JSON; a stream ends after it. */
export function sendAnswer(
  response: ServerResponse,
  type: AnswerType | StreamType,
  told: Pick<Answer, 'json'>,
): void {
  if (!isStream(type)) return send(response, 200, type + '; charset=utf-8', bytesOf(told));
  const { contentType, opening, answer, completion } = FORMATS[type];
  send(response, 200, contentType, opening + answer(told).toString() + completion);
}

/** Sets what an answer says besides its text: cookies of subgraphs, and headers by rules and hooks. */
export function setHeadersOf({ cookies, headers }: Answer, response: ServerResponse): void {
  for (const cookie of cookies) response.appendHeader('set-cookie', cookie);
  if (!headers) return;
  const { vary = '', ...others } = headers;
  response.setHeaders(new Map(Object.entries(others)));
  // Its media type is what the client accepts, and what is there already says that CORS goes by the origin.
  const names = new Set(namesIn(`${String(response.getHeader('vary') ?? '')}, accept, ${vary}`));
  response.setHeader('vary', [...names].join(', '));
}

/** The bytes of an answer. Clients that asked the same share one, and writing a long text out takes longer than all else. */
function bytesOf(answer: Pick<Answer, 'json'>): string | Buffer {
  if (answer.json.length < LONG) return answer.json;
  let bytes = written.get(answer);
  if (!bytes) written.set(answer, (bytes = Buffer.from(answer.json)));
  return bytes;
}

/** Tells why nothing of a request was carried out. */
export function refuse(
  response: ServerResponse,
  error: RequestError,
  type: AnswerType | StreamType,
): void {
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  const status = statusOf(error, type);
  if (!isStream(type)) {
    const json = JSON.stringify({ errors: error.errors });
    return send(response, status, type + '; charset=utf-8', json);
  }
  const { contentType, opening, failure } = FORMATS[type];
  send(response, status, contentType, opening + failure(error.errors));
}

/** Sends a whole body, unless nobody waits for it any more. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  text: string | Buffer,
): void {
  if (response.destroyed) return;
  const body = typeof text === 'string' ? Buffer.from(text) : text;
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-store');
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': body.length,
  });
  response.end(body);
}

/** Clients of streams look into those with a good status only, so what is wrong with an operation is told there. */
function statusOf({ errors, status }: RequestError, type: AnswerType | StreamType): number {
  const code = errors[0]?.extensions?.['code'];
  if (type === 'application/json') return DOCUMENT_CODES.has(code) ? 200 : status;
  const isOfOperation = (status === 400 && code !== 'BAD_REQUEST') || status === 403;
  return isStream(type) && isOfOperation ? 200 : status;
}
