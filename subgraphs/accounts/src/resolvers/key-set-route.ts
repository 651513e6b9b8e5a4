import type { HttpRoute } from '@crema/kit';
import type { KeyRing } from '../services/key-ring.ts';

/** Where verifiers find the public keys (RFC 8615). They may keep them for five minutes. */
export const keySetRoute = (keys: KeyRing): HttpRoute => ({
  method: 'GET',
  path: '/.well-known/jwks.json',
  async handle(_request, response) {
    const body = JSON.stringify(await keys.published());
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'cache-control': 'public, max-age=300',
      })
      .end(body);
  },
});
