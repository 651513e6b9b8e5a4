import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { Events } from './events.ts';
import { LocalSubgraph } from './subgraphs.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Ticket {
  ticket: { eventId: string };
}

/** One instance of a subgraph, which a test lets answer, fail, go and come back on the same port. */
export class TestInstance {
  /** The texts of the operations that it was asked, probes left out. */
  readonly asked: string[] = [];
  /** The values of `after` of the subscriptions that were opened here, with what publishes to each. */
  readonly subscriptions: { after: string | null; events: Events<Ticket> }[] = [];
  answer: Answer = (_, response) => response.end('{"data":{"hello":"hello"}}');
  private server: Server | undefined;
  private sockets: WebSocketServer | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/graphql`;
  }

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.take(request, response));
    this.sockets = new WebSocketServer({ server: this.server });
    const { schema } = new LocalSubgraph({
      typeDefs: `
        type Query { hello: String }
        type Ticket { eventId: ID! }
        type Subscription { ticket(after: String): Ticket }`,
      resolvers: {
        Subscription: {
          ticket: {
            subscribe: (_: unknown, { after = null }: { after?: string | null }) => {
              const events = new Events<Ticket>();
              this.subscriptions.push({ after, events });
              return events;
            },
          },
        },
      },
    });
    useServer({ schema, subscribe }, this.sockets);
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** As a process that is killed. */
  async stop(): Promise<void> {
    const { server, sockets } = this;
    if (!server) return;
    this.server = undefined;
    for (const client of sockets?.clients ?? []) client.terminate();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { query } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string };
    if (query !== PROBE) this.asked.push(query);
    this.answer(request, response);
  }
}

const PROBE = '{ __typename }';
