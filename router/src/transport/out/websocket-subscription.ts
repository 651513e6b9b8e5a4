import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Timers } from '../../system/clock.ts';
import type { SubgraphRequest, SubgraphResponse } from '../subgraph-transport.ts';

/** How a subscription finds out that its subgraph is gone. */
export interface Heartbeat {
  readonly timers: Timers;
  /** Time from one ping to the next, and at most to the answer of each. */
  readonly everyMs: number;
}

/**
 * Subscribes at a subgraph over graphql-ws, one connection for each subscription. The headers go
 * along twice: on the upgrade, and as `connectionParams.headers` for servers that read those.
 */
export async function* subscribeOverWebSocket(
  httpUrl: URL,
  { query, variables, operationName, headers, signal }: SubgraphRequest,
  { timers, everyMs }: Heartbeat,
): AsyncGenerator<SubgraphResponse, void> {
  const url = new URL(httpUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  class SubgraphSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers, perMessageDeflate: false });
    }
  }
  let stopWaiting = (): void => {};
  const client = createClient({
    url: url.href,
    webSocketImpl: SubgraphSocket,
    connectionParams: { headers },
    retryAttempts: 0,
    onNonLazyError: () => {},
    keepAlive: everyMs,
    on: {
      ping(isReceived) {
        if (!isReceived) stopWaiting = timers.after(everyMs, () => client.terminate());
      },
      pong(isReceived) {
        if (isReceived) stopWaiting();
      },
    },
  });
  const end = (): void => void client.dispose();
  signal?.addEventListener('abort', end, { once: true });
  try {
    if (signal?.aborted) return;
    const operation = { query, variables, operationName };
    const events = client.iterate<Record<string, unknown>, Record<string, unknown>>(operation);
    for await (const { data, errors, extensions } of events) yield { data, errors, extensions };
  } finally {
    stopWaiting();
    signal?.removeEventListener('abort', end);
    await client.dispose();
  }
}
