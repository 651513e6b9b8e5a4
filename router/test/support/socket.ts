import { WebSocket } from 'ws';
import { until } from './events.ts';

/** Opens a bare WebSocket, says hello and tells how it was closed. */
export async function connectTo(
  url: string,
  payload: unknown,
  headers: Record<string, string> = {},
) {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  const received: { type: string; id?: string; payload?: unknown }[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data)) as { type: string }));
  const refused = new Promise<number>((resolve) =>
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0)),
  );
  socket.on('error', () => {});
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
  return {
    socket,
    closed,
    refused,
    received,
    send: (message: object) => socket.send(JSON.stringify(message)),
    until: (type: string) => until(() => received.some((message) => message.type === type)),
  };
}

export const subscribeTo = (query: string, id = '1') => ({
  id,
  type: 'subscribe',
  payload: { query },
});
