import type { IncomingMessage } from 'node:http';
import { toRequestError } from '../errors.ts';
import { respond } from '../pages/respond.ts';
import { hasBearer } from '../protection/bearer.ts';
import { readBody } from '../transport/in/body.ts';
import type { Route } from '../transport/in/http-server.ts';
import type { SupergraphStatus, Takeover } from './takeover.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/** `POST /supergraph`: serves the schema in the body from now on, for who knows the token. */
export function pushRoute(takeover: Takeover, token: string): Route {
  return {
    method: 'POST',
    path: '/supergraph',
    async handle(request, response) {
      const tell = (status: number, body: object): void =>
        respond(response, status, 'application/json', JSON.stringify(body));
      if (!hasBearer(request, token)) {
        response.setHeader('www-authenticate', 'Bearer');
        return tell(401, { error: 'The token is missing or wrong' });
      }
      const sdl = await bodyOf(request);
      if (sdl instanceof Error) return tell(413, { error: sdl.message });
      try {
        await takeover.offer(sdl);
        tell(200, servedBy(takeover.status));
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown.message : String(thrown);
        tell(422, { error, ...servedBy(takeover.status) });
      }
    },
  };
}

const servedBy = ({ hash, since }: SupergraphStatus): object => ({ serving: { hash, since } });

/** The body, or why it is not read. */
const bodyOf = (request: IncomingMessage): Promise<string | Error> =>
  readBody(request, MAX_BYTES).catch(toRequestError);
