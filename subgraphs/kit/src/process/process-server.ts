import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ReadinessReport } from './readiness.ts';

/** What answers at a server once it is there. */
export interface Site {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Takes over a connection whose client asks for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends what would not end by itself: connections that were upgraded. */
  close(): Promise<void>;
}

/**
 * The HTTP server of a process. `/health` and `/ready` answer from the first moment on; everything else gets
 * 503 with `retry-after` until there is a site, which says that nothing was done.
 */
export class ProcessServer {
  private site: Site | null = null;
  private isLeaving = false;

  private constructor(
    private readonly server: Server,
    /** Where it listens, without a path. */
    readonly origin: string,
  ) {}

  /** Rejects when the port cannot be had. */
  static async listen(
    port: number,
    host: string,
    readiness: () => ReadinessReport,
  ): Promise<ProcessServer> {
    const http = createServer();
    const address = await listening(http, port, host);
    const name = host.includes(':') ? `[${host}]` : host;
    const server = new ProcessServer(http, `http://${name}:${address.port}`);
    http.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void server.answer(request, response, readiness).catch(() => end(response, 500, 'failed'));
    });
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (server.site && !server.isLeaving) return server.site.upgrade(request, socket, head);
      socket.end('HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n\r\n');
    });
    return server;
  }

  open(site: Site): void {
    this.site = site;
  }

  /** From now on every answer asks its client to come over another connection, which others may take. */
  leave(): void {
    this.isLeaving = true;
  }

  /** Takes no more connections, lets requests at work end, and ends subscriptions. */
  async close(): Promise<void> {
    this.isLeaving = true;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeIdleConnections();
    await this.site?.close();
    await closed;
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    readiness: () => ReadinessReport,
  ): Promise<void> {
    if (this.isLeaving) response.setHeader('connection', 'close');
    const path = request.url?.split('?')[0];
    if (path === '/health') return end(response, 200, 'ok');
    if (path === '/ready') {
      const { isReady, ...report } = readiness();
      response.setHeader('content-type', 'application/json');
      response.writeHead(isReady ? 200 : 503).end(JSON.stringify(report));
      return;
    }
    if (this.site) return this.site.answer(request, response);
    response.setHeader('retry-after', '1');
    end(response, 503, 'starting');
  }
}

const listening = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });

function end(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
}
