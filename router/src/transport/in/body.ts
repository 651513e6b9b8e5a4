import type { IncomingMessage } from 'node:http';
import type { RequestError } from '../../errors.ts';
import { limitExceeded } from '../../protection/limits/limits.ts';

/** Reads the body of a request as text, no further than the limit. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const tooLarge = (): RequestError =>
    limitExceeded('BODY_LIMIT_EXCEEDED', 'The body has too many bytes', maxBytes, {
      status: 413,
      headers: { connection: 'close' },
    });
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.pause();
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}
