import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocketServer as Server_, type WebSocket } from 'ws';
import type { Origins } from '../../protection/origins.ts';
import { RequestError } from '../../errors.ts';
import { addressOf, forwardedHeaders } from './client-headers.ts';
import {
  CLOSE_TIMEOUT_MS,
  WebSocketConnection,
  type ConnectionOptions,
} from './websocket-connection.ts';

/** What a WebSocket server needs besides what its connections do. */
export interface WebSocketServerOptions extends ConnectionOptions {
  readonly path: string;
  readonly origins: Origins;
  readonly trustedProxies: number;
  readonly maxPayloadBytes: number;
  readonly heartbeatMs: number;
}

/** GraphQL over WebSocket on the port of an HTTP server. */
export class WebSocketServer {
  private readonly server: Server_;
  private readonly connections = new Map<WebSocket, WebSocketConnection>();
  private isClosing = false;

  constructor(private readonly options: WebSocketServerOptions) {
    this.server = new Server_({
      noServer: true,
      maxPayload: options.maxPayloadBytes,
      perMessageDeflate: false,
      handleProtocols: (protocols) =>
        protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
    });
  }

  /** Takes over the upgrade requests of an HTTP server. */
  attach(http: Server): void {
    http.on('upgrade', (request, socket, head) => {
      const refusal = this.refusal(request);
      if (refusal) return refuse(socket, refusal);
      this.server.handleUpgrade(request, socket, head, (client) =>
        this.accept(client, socket, request),
      );
    });
  }

  /** Lets every client finish what is under way, says goodbye and waits until all are gone. */
  async close(): Promise<void> {
    this.isClosing = true;
    const clients = [...this.connections];
    await Promise.all(
      clients.map(async ([client, connection]) => {
        const gone = once(client, 'close');
        await connection.drain();
        const cancel = this.options.timers.after(CLOSE_TIMEOUT_MS, () => client.terminate());
        await gone;
        cancel();
      }),
    );
  }

  /** Leaves whoever is still there. */
  terminate(): void {
    for (const client of this.connections.keys()) client.terminate();
  }

  private refusal(request: IncomingMessage): string | undefined {
    if (this.isClosing) return '503 Service Unavailable';
    const path = request.url?.split('?', 1)[0];
    if (path !== this.options.path) return '404 Not Found';
    if (!this.options.origins.allowsUpgrade(request.headers)) return '403 Forbidden';
    try {
      this.options.engine.admit(addressOf(request, this.options.trustedProxies));
      return undefined;
    } catch (thrown) {
      if (thrown instanceof RequestError) return '429 Too Many Requests';
      throw thrown;
    }
  }

  private accept(client: WebSocket, socket: Duplex, request: IncomingMessage): void {
    if (client.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      client.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable');
      return;
    }
    const origin = {
      address: addressOf(request, this.options.trustedProxies),
      headers: forwardedHeaders(
        request,
        this.options.trustedProxies,
        this.options.engine.requestHeaders,
      ),
      authorization: request.headers.authorization,
    };
    const connection = new WebSocketConnection(client, socket, origin, this.options);
    this.connections.set(client, connection);
    const stopHeartbeat = this.startHeartbeat(client);
    client.once('close', () => {
      stopHeartbeat();
      this.connections.delete(client);
    });
  }

  /** A client that left without a word answers no ping: its connection is ended at the next one. */
  private startHeartbeat(client: WebSocket): () => void {
    let hasAnswered = true;
    client.on('pong', () => {
      hasAnswered = true;
    });
    return this.options.timers.every(this.options.heartbeatMs, () => {
      if (!hasAnswered) return client.terminate();
      hasAnswered = false;
      client.ping();
    });
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
