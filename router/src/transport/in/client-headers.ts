import type { IncomingMessage } from 'node:http';
import { STANDARD, type RequestHeaders } from '../../rules/request-headers.ts';
import type { Ids } from '../../system/ids.ts';

const REQUEST_ID = /^[\w.:@+/=-]{1,128}$/;

/** The headers that a client's request passes on to subgraphs; rules say which besides the usual ones. */
export function forwardedHeaders(
  request: IncomingMessage,
  trustedProxies: number,
  rules: RequestHeaders | undefined,
): Record<string, string> {
  const headers = rules?.picked(request.headers) ?? {};
  for (const name of STANDARD) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  headers['x-forwarded-for'] = addressOf(request, trustedProxies);
  return headers;
}

/** Whether a request says by its headers who asks. */
export const hasCredentials = ({
  authorization,
  cookie,
}: Readonly<Record<string, unknown>>): boolean =>
  authorization !== undefined || cookie !== undefined;

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
