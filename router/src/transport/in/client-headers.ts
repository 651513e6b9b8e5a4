import type { IncomingMessage } from 'node:http';
import type { Ids } from '../../system/ids.ts';

/** What of a client's headers subgraphs get to see as it is. */
const FORWARDED = ['user-agent', 'accept-language', 'cookie', 'traceparent'] as const;

const REQUEST_ID = /^[\w.:@+/=-]{1,128}$/;

/** The headers that a client's request passes on to subgraphs. */
export function forwardedHeaders(
  request: IncomingMessage,
  trustedProxies: number,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  headers['x-forwarded-for'] = addressOf(request, trustedProxies);
  return headers;
}

/** The id that a client gave its request, if it is fit for logs and headers; else a new one. */
export function requestIdOf(request: IncomingMessage, ids: Ids): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : ids.next();
}

/**
 * The address that a request came from. Each trusted proxy adds, at the end, the address it was called from; what
 * stands before is hearsay.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const remote = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = request.headers['x-forwarded-for'];
  if (trustedProxies === 0 || typeof forwarded !== 'string') return remote;
  const addresses = forwarded.split(',').map((address) => address.trim());
  return addresses.at(-Math.min(trustedProxies, addresses.length)) || remote;
}
