import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, parse, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { LocalSubgraph, type SubgraphDefinition } from './subgraphs.ts';

/** A subgraph in a server of its own, over HTTP and graphql-ws. */
export async function remoteSubgraph(definition: SubgraphDefinition, answer?: string) {
  const { schema } = new LocalSubgraph(definition);
  const seen: { http: IncomingHttpHeaders[]; upgrades: IncomingHttpHeaders[]; params: unknown[] } =
    {
      http: [],
      upgrades: [],
      params: [],
    };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.http.push(request.headers);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables: Record<string, unknown>;
      };
      const document = parse(query);
      const contextValue = { headers: request.headers };
      void Promise.resolve(
        execute({ schema, document, variableValues: variables, contextValue }),
      ).then((result) => {
        response.setHeader('set-cookie', ['seen=yes; HttpOnly']);
        response.end(answer ?? JSON.stringify(result));
      });
    });
  });
  const sockets = new WebSocketServer({ server });
  useServer(
    {
      schema,
      execute,
      subscribe,
      onConnect: ({ connectionParams, extra }) => {
        seen.params.push(connectionParams);
        seen.upgrades.push(extra.request.headers);
      },
    },
    sockets,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    get connections() {
      return sockets.clients.size;
    },
    /** Stays connected and answers nothing any more. */
    freeze() {
      for (const client of sockets.clients) client.pause();
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
