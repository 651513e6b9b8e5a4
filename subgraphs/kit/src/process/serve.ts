import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { parse, type GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Context } from '../subgraph/context.ts';
import { isUnsigned, maskErrorOf } from '../subgraph/endpoint.ts';
import { ProcessServer, type Site } from './process-server.ts';
import type { RunningSubgraph } from '../subgraph/start-subgraph.ts';

export interface Served {
  readonly url: string;
  /** Takes no new requests, lets those at work end, ends subscriptions. */
  close(): Promise<void>;
}

const BODY_LIMIT_BYTES = 1_000_000;
export const GRAPHQL_PATH = '/graphql';

/** Serves a subgraph that is ready, on a server of its own. */
export async function serveSubgraph(
  running: RunningSubgraph,
  port: number,
  host = '127.0.0.1',
): Promise<Served> {
  const ready = { isReady: true, status: 'ready', missing: [] } as const;
  const server = await ProcessServer.listen(port, host, () => ready);
  server.open(await siteOf(running));
  return { url: server.origin + GRAPHQL_PATH, close: () => server.close() };
}

/** A subgraph over HTTP and graphql-ws at `/graphql`, with its own routes. */
export async function siteOf({ endpoint, subgraph }: RunningSubgraph): Promise<Site> {
  const apollo = new ApolloServer<Context>({
    schema: subgraph.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false,
    formatError: (formatted, error) => maskErrorOf(endpoint, formatted, error),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    stopOnTerminationSignals: false,
  });
  await apollo.start();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://subgraph').pathname;
    const route = subgraph.routes?.find(
      (each) => each.path === path && each.method === request.method,
    );
    if (route) return route.handle(request, response);
    if (path !== GRAPHQL_PATH) return end(response, 404, 'text/plain', 'not found');

    const body = await readBody(request);
    if (body === null) return end(response, 413, 'text/plain', 'too large');
    let context: Context;
    try {
      context = await endpoint.contextOf(lowerCased(request));
    } catch (error) {
      const status = isUnsigned(error) ? 401 : 500;
      const errors = [(error as GraphQLError).toJSON()];
      return end(response, status, 'application/json', JSON.stringify({ errors }));
    }
    const json = parsed(body);
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers: headerMap(request),
        search: new URL(request.url ?? '/', 'http://subgraph').search,
        body: json,
      },
      context: async () => context,
    });
    const lifetime = endpoint.cacheControlFor(json?.query);
    // Whoever keeps answers looks whether there are errors in them.
    if (lifetime !== undefined) result.headers.set('cache-control', lifetime);
    await send(response, result, context.responseCookies);
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT_BYTES });
  const live = useServer(
    {
      // False closes the socket with 4403.
      onConnect: ({ connectionParams, extra }) =>
        endpoint.contextOf({ ...lowerCased(extra.request), ...headersIn(connectionParams) }).then(
          () => true,
          () => false,
        ),
      // The endpoint answers whole responses; graphql-ws is told to pass them on as they are.
      onSubscribe: async ({ connectionParams, extra }, _id, payload) => ({
        schema: subgraph.schema,
        document: parse(payload.query),
        contextValue: {
          query: payload.query,
          variables: payload.variables ?? {},
          ...(payload.operationName ? { operationName: payload.operationName } : {}),
          headers: { ...lowerCased(extra.request), ...headersIn(connectionParams) },
        },
      }),
      subscribe: (parameters) => endpoint.subscribe(parameters.contextValue as never) as never,
      execute: (parameters) => endpoint.execute(parameters.contextValue as never) as never,
    },
    sockets,
  );

  return {
    answer,
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (client) =>
        sockets.emit('connection', client, request),
      ),
    // 1001 to every client: whoever wants to go on subscribes elsewhere, `after` what was seen last.
    close: async () => live.dispose(),
  };
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

async function send(
  response: ServerResponse,
  { status, headers, body }: HTTPGraphQLResponse,
  cookies: readonly string[],
): Promise<void> {
  for (const [name, value] of headers) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', [...cookies]);
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    response.end(body.string);
    return;
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(body: string): { readonly query?: unknown } | undefined {
  try {
    return JSON.parse(body) as { readonly query?: unknown };
  } catch {
    return undefined;
  }
}

const lowerCased = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(lowerCased(request))) headers.set(name, value);
  return headers;
}

/** The router sends its headers in `connectionParams.headers`. */
function headersIn(
  connectionParams: Readonly<Record<string, unknown>> | undefined,
): Record<string, string> {
  const headers = connectionParams?.['headers'];
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
