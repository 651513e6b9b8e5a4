import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Origins } from '../../protection/origins.ts';
import type { Ids } from '../../system/ids.ts';
import type { Logger } from '../../system/logger.ts';
import { requestIdOf } from './client-headers.ts';

/** A plain HTTP page beside GraphQL, at one path. */
export interface Route {
  readonly method: string;
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** What an HTTP server serves. */
export interface HttpServerOptions {
  readonly graphqlPath: string;
  readonly graphql: {
    handle(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void>;
  };
  readonly routes: readonly Route[];
  readonly origins: Origins;
  readonly ids: Ids;
  readonly log: Logger;
}

/** The port of the router: GraphQL at its path, pages beside it. */
export class HttpServer {
  readonly server: Server;
  private readonly routes: ReadonlyMap<string, Route>;
  private readonly underWay = new Set<ServerResponse>();

  constructor(private readonly options: HttpServerOptions) {
    this.routes = new Map(options.routes.map((route) => [`${route.method} ${route.path}`, route]));
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  /** Starts to accept requests; port 0 takes any free one. */
  async listen(port: number, host?: string): Promise<AddressInfo> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
    return this.server.address() as AddressInfo;
  }

  /** Stops accepting and waits for the requests that are under way. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    // Connections that clients would keep end with the answers that are under way.
    for (const response of this.underWay) {
      if (!response.headersSent) response.setHeader('connection', 'close');
    }
    this.server.closeIdleConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { graphql, graphqlPath, origins, ids, log } = this.options;
    const requestId = requestIdOf(request, ids);
    try {
      this.underWay.add(response);
      response.once('close', () => this.underWay.delete(response));
      response.setHeader('x-request-id', requestId);
      if (!this.server.listening) response.setHeader('connection', 'close');
      setHeaders(response, origins.corsHeaders(request.headers));
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      if (request.method === 'OPTIONS') {
        response.writeHead(204, origins.preflightHeaders(request.headers)).end();
      } else if (path === graphqlPath) {
        await graphql.handle(request, response, requestId);
      } else {
        await this.page(path, request, response);
      }
    } catch (thrown) {
      log.error({ requestId, err: thrown }, 'A page failed');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Internal server error');
    }
  }

  private async page(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = this.routes.get(`${method} ${path}`);
    if (route) return route.handle(request, response);
    const isKnown = this.options.routes.some((other) => other.path === path);
    response.writeHead(isKnown ? 405 : 404, { 'content-type': 'text/plain' });
    response.end(isKnown ? 'Method not allowed' : 'Not found');
  }
}

function setHeaders(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, value);
  }
}
