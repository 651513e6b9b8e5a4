import { createClient, type Client } from 'graphql-ws/client';
import { CremaError } from './crema-error.ts';
import { textOf, type Operation } from './operation.ts';
import type { Session } from './session.ts';
import { Subscription } from './subscription.ts';

/** Subscriptions to one router. Those of one token share a connection, which lives as long as any of them. */
export class Live {
  private readonly clients = new Map<string | null, Client>();

  constructor(
    private readonly url: string,
    private readonly webSocketImpl: unknown,
    private readonly session: Session,
  ) {}

  /** Asks when the first event is awaited. */
  subscribe<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables | undefined,
  ): Subscription<Data> {
    const payload = {
      query: textOf(operation),
      variables: variables as Record<string, unknown> | undefined,
    };
    return new Subscription(
      (token) => this.clientOf(token).iterate(payload),
      (listen) => this.session.calling(listen),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.dispose()));
    this.clients.clear();
  }

  private clientOf(token: string | null): Client {
    const known = this.clients.get(token);
    if (known) return known;
    if (!this.webSocketImpl) {
      throw new CremaError('NO_WEBSOCKET', 'There is no WebSocket here; pass webSocketImpl.');
    }
    const client = createClient({
      url: this.url,
      webSocketImpl: this.webSocketImpl,
      ...(token !== null && { connectionParams: { authorization: `Bearer ${token}` } }),
      // Whoever listens knows what was seen last and where to go on from; nobody else does.
      retryAttempts: 0,
      on: {
        closed: () => {
          if (this.clients.get(token) === client) this.clients.delete(token);
        },
      },
    });
    this.clients.set(token, client);
    return client;
  }
}
