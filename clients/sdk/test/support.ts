import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { apiSchemaOf } from '@crema/schema';
import { graphql, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

export const supergraph = apiSchemaOf(
  readFileSync(`${import.meta.dirname}/../../../schema/supergraph.graphql`, 'utf8'),
);

export interface FakeRouter {
  readonly url: string;
  /** The headers of each request so far. */
  readonly requests: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** A router with the real schema and made-up answers; it takes no token but the `good` ones. */
export async function startFakeRouter(
  answers: Record<string, object>,
  isGood: (token: string) => boolean = () => true,
): Promise<FakeRouter> {
  const requests: IncomingHttpHeaders[] = [];
  const isRefused = (authorization: unknown) =>
    typeof authorization === 'string' && !isGood(authorization.replace('Bearer ', ''));

  const server = createServer((request, response) => {
    void (async () => {
      requests.push(request.headers);
      let body = '';
      for await (const chunk of request) body += String(chunk);
      if (isRefused(request.headers.authorization)) {
        const error = { message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } };
        response.writeHead(401).end(JSON.stringify({ errors: [error] }));
        return;
      }
      const { query, variables } = JSON.parse(body) as { query: string; variables: object };
      const result = await graphql({
        schema: supergraph,
        source: query,
        rootValue: answers,
        variableValues: variables as Record<string, unknown>,
      });
      response.end(JSON.stringify(result));
    })();
  });
  const sockets = new WebSocketServer({ server });
  const live = useServer(
    {
      schema: supergraph,
      roots: { subscription: answers },
      onConnect: ({ connectionParams }) => !isRefused(connectionParams?.['authorization']),
    },
    sockets,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    await live.dispose();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  let stopped: Promise<void> | null = null;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    requests,
    close: () => (stopped ??= stop()),
  };
}

export const forbidden = (): GraphQLError =>
  new GraphQLError('You may not do this.', { extensions: { code: 'FORBIDDEN' } });
