import type { SupergraphStatus } from '../supergraph/takeover.ts';
import type { Route } from '../transport/in/http-server.ts';
import { respond } from './respond.ts';

/** `/health` says that the process lives, and by which supergraph; `/ready` whether it should be sent requests. */
export function healthRoutes(
  readiness: () => Promise<Record<string, boolean>>,
  supergraph: () => SupergraphStatus,
  mode: 'development' | 'production',
): Route[] {
  return [
    {
      method: 'GET',
      path: '/health',
      handle: (_request, response) =>
        json(response, 200, { status: 'alive', supergraph: told(supergraph(), mode) }),
    },
    {
      method: 'GET',
      path: '/ready',
      async handle(_request, response) {
        // A router that answers at all has its supergraph: it does not start without.
        const checks = { supergraph: true, ...(await reported(readiness)) };
        const isReady = Object.values(checks).every(Boolean);
        const status = isReady ? 'ready' : 'not ready';
        json(response, isReady ? 200 : 503, { status, checks });
      },
    },
  ];
}

/** Why a supergraph was refused is about the schema's inside: strangers are told in development alone. */
function told(
  { hash, since, refused }: SupergraphStatus,
  mode: 'development' | 'production',
): SupergraphStatus {
  if (!refused || mode === 'development') return { hash, since, refused };
  return { hash, since, refused: { ...refused, reason: 'The log of the router says why' } };
}

async function reported(
  readiness: () => Promise<Record<string, boolean>>,
): Promise<Record<string, boolean>> {
  try {
    return await readiness();
  } catch {
    return { readiness: false };
  }
}

function json(response: Parameters<typeof respond>[0], status: number, body: object): void {
  respond(response, status, 'application/json', JSON.stringify(body));
}
