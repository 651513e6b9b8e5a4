import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../errors.ts';

/** Content types that a page of any site may send without asking the server first. */
const SIMPLE_CONTENT_TYPES = new Set([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/** Any of these makes a browser ask first (a preflight), which CORS then decides. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

/** Refuses what a page of another site could make a browser send with the user's cookies. */
export function refuseForgery(headers: IncomingHttpHeaders): void {
  const contentType = mediaType(headers['content-type']);
  if (contentType && !SIMPLE_CONTENT_TYPES.has(contentType)) return;
  if (PREFLIGHT_HEADERS.some((name) => headers[name])) return;
  throw RequestError.of(
    'BAD_REQUEST',
    'This request could be forged by another site: send the content type application/json ' +
      `or a header ${PREFLIGHT_HEADERS.join(' or ')}`,
  );
}

/** The media type of a `content-type` header, without its parameters. */
export function mediaType(header: string | undefined): string | undefined {
  return header?.split(';', 1)[0]?.trim().toLowerCase();
}
