import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Timers } from '../../system/clock.ts';
import {
  SubscriptionLostError,
  type SubgraphRequest,
  type SubgraphResponse,
} from '../subgraph-transport.ts';

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
  let wasOpen = false;
  const client = createClient({
    url: url.href,
    webSocketImpl: SubgraphSocket,
    connectionParams: { headers },
    retryAttempts: 0,
    onNonLazyError: () => {},
    keepAlive: everyMs,
    on: {
      connected() {
        wasOpen = true;
      },
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
  } catch (reason) {
    if (!isLoss(reason)) throw reason;
    throw new SubscriptionLostError(`The connection to ${url.host} is lost`, wasOpen, {
      cause: reason,
    });
  } finally {
    stopWaiting();
    signal?.removeEventListener('abort', end);
    await client.dispose();
  }
}

/** Ours, when no pong came; theirs, when acknowledging took too long. Other codes from 4400 on are refusals. */
const LOST_BY_TIME = new Set([4408, 4499, 4504]);

/** The client throws the socket's `error` or what closed it, or the operation's own errors. */
function isLoss(reason: unknown): boolean {
  if (typeof reason !== 'object' || reason === null) return false;
  if ('type' in reason && reason.type === 'error') return true;
  if (!('code' in reason) || typeof reason.code !== 'number' || !('reason' in reason)) return false;
  return reason.code < 4_000 || LOST_BY_TIME.has(reason.code);
}
