import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { SubgraphRequest, SubgraphResponse } from '../subgraph-transport.ts';

/**
 * Subscribes at a subgraph over graphql-ws, one connection for each subscription. The headers go
 * along twice: on the upgrade, and as `connectionParams.headers` for servers that read those.
 */
export async function* subscribeOverWebSocket(
  httpUrl: URL,
  { query, variables, operationName, headers, signal }: SubgraphRequest,
): AsyncGenerator<SubgraphResponse, void> {
  const url = new URL(httpUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  class SubgraphSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers, perMessageDeflate: false });
    }
  }
  const client = createClient({
    url: url.href,
    webSocketImpl: SubgraphSocket,
    connectionParams: { headers },
    retryAttempts: 0,
    onNonLazyError: () => {},
  });
  const events = client.iterate<Record<string, unknown>, Record<string, unknown>>({
    query,
    variables,
    operationName,
  });
  const end = (): void => void client.dispose();
  signal?.addEventListener('abort', end, { once: true });
  try {
    if (signal?.aborted) return;
    for await (const { data, errors, extensions } of events) {
      yield { data, errors, extensions };
    }
  } finally {
    signal?.removeEventListener('abort', end);
    await client.dispose();
  }
}
