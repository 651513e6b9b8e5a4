import { request } from 'undici';
import type { SupergraphSource } from './source.ts';

const TIMEOUT_MS = 4_000;

/** A supergraph schema at a URL. Servers that give an `etag` or `last-modified` send it again only when it has changed. */
export class UrlSource implements SupergraphSource {
  private condition: Record<string, string> = {};
  readonly watch = undefined;

  constructor(private readonly url: string) {}

  async read(): Promise<string | undefined> {
    const { statusCode, headers, body } = await request(this.url, {
      headers: this.condition,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    const text = await body.text();
    if (statusCode === 304 && Object.keys(this.condition).length > 0) return undefined;
    if (statusCode !== 200) throw new Error(`the server answered ${statusCode}`);
    this.condition = {
      ...(typeof headers.etag === 'string' && { 'if-none-match': headers.etag }),
      ...(typeof headers['last-modified'] === 'string' && {
        'if-modified-since': headers['last-modified'],
      }),
    };
    return text;
  }
}
