import type { IncomingMessage } from 'node:http';
import type { HttpRoute } from '@crema/kit';

/** Providers send their news in batches of less than that. */
const LONGEST_BODY_BYTES = 1_048_576;

export interface WebhookRequest {
  readonly headers: IncomingMessage['headers'];
  /** With the question mark; empty where there is none. */
  readonly search: string;
  readonly body: string;
}

/** Throws when the request is not what its provider sends. */
type Receive = (request: WebhookRequest) => Promise<void>;

/** The request is not signed by whom it says it is from. */
export class UnsignedError extends Error {}

/** The request is signed and makes no sense. */
export class UnreadableError extends Error {}

/** A route for a provider's news: 204 when it is kept, 403 without its signature; anything else is sent again. */
export const webhook = (path: string, receive: Receive): HttpRoute => ({
  method: 'POST',
  path,
  async handle(request, response) {
    const end = (status: number) => void response.writeHead(status).end();
    const body = await bodyOf(request);
    if (body === null) return end(413);
    // As it came, for signatures are of every character.
    const search = /\?.*$/.exec(request.url ?? '')?.[0] ?? '';
    try {
      await receive({ headers: request.headers, search, body });
    } catch (error) {
      if (error instanceof UnsignedError) return end(403);
      if (error instanceof UnreadableError) return end(400);
      throw error;
    }
    end(204);
  },
});

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The one value of a header; undefined where there is none. */
export const headerOf = (headers: IncomingMessage['headers'], name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};
