import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { respond } from '../pages/respond.ts';
import { hasBearer } from '../protection/bearer.ts';
import { readBody } from '../transport/in/body.ts';
import type { Route } from '../transport/in/http-server.ts';
import { invalidation } from './invalidation.ts';
import type { ResponseCache } from './response-cache.ts';
import { StoreUnavailableError } from './response-store.ts';

export const INVALIDATION_PATH = '/cache/invalidate';

const MAX_BODY_BYTES = 64 * 1024;
const body = z.array(invalidation).min(1).max(1_000);

/** `POST /cache/invalidate` for whoever has the token: answers when nothing older can be read any more. */
export function invalidationRoute(cache: ResponseCache, token: string): Route {
  return {
    method: 'POST',
    path: INVALIDATION_PATH,
    async handle(request, response) {
      const answer = (status: number, told: object): void =>
        respond(response, status, 'application/json', JSON.stringify(told));
      if (!hasBearer(request, token)) {
        response.setHeader('www-authenticate', 'Bearer');
        return answer(401, { error: 'The token is missing or wrong' });
      }
      try {
        const read = body.safeParse(parsed(await readBody(request, MAX_BODY_BYTES)));
        if (!read.success) return answer(400, { error: z.prettifyError(read.error) });
        await cache.invalidate(read.data);
        answer(200, { invalidated: read.data.length });
      } catch (thrown) {
        if (thrown instanceof StoreUnavailableError) {
          response.setHeader('retry-after', '1');
          return answer(503, { error: thrown.message });
        }
        if (!(thrown instanceof RequestError)) throw thrown;
        answer(thrown.status, { error: thrown.message });
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
