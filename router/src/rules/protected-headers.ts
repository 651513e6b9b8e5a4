import { CALLER_HEADER } from '../protection/caller-header.ts';

/** Of one connection alone, never passed on (RFC 9110, 7.6.1, and what came before it). */
const HOP_BY_HOP = [
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'http2-settings'],
];

/** What a message's own bytes decide. */
const OF_THE_MESSAGE = [
  ...['host', 'content-length', 'content-type', 'content-encoding', 'expect'],
  ...['accept', 'accept-encoding'],
];

const OF_REQUESTS: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  ...OF_THE_MESSAGE,
  ...[CALLER_HEADER, 'x-request-id', 'x-forwarded-for'],
]);

const OF_RESPONSES: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  ...OF_THE_MESSAGE,
  ...['set-cookie', 'date', 'vary', 'x-request-id'],
]);

/** Headers for subgraphs that are the router's own: no rule forwards, writes or removes them. Names are in lower case. */
export const isProtectedInRequests = (name: string): boolean =>
  OF_REQUESTS.has(name) || name.startsWith('sec-websocket-') || name.startsWith(':');

/** The same of headers for clients. Cookies are returned without a rule; CORS and what varies with it are configured elsewhere. */
export const isProtectedInResponses = (name: string): boolean =>
  OF_RESPONSES.has(name) || name.startsWith('access-control-') || name.startsWith(':');

/** The headers that a message itself says are of its connection alone. */
export function namedByConnection(connection: string | undefined): readonly string[] {
  return connection?.toLowerCase().split(/\s*,\s*/) ?? [];
}
