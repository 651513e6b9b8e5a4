import { CremaError } from './crema-error.ts';
import { LiveConnection, type LiveOptions } from './live-connection.ts';
import { textOf, type Operation } from './operation.ts';
import { Subscription } from './subscription.ts';

/** Subscriptions to one router. Those of one token share a connection, which lives as long as any of them. */
export class Live {
  private readonly connections = new Set<LiveConnection>();

  constructor(private readonly options: LiveOptions) {}

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
      (token) => this.connectionOf(token).iterate(payload),
      (listen) => this.options.session.calling(listen),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.connections].map((connection) => connection.dispose()));
    this.connections.clear();
  }

  private connectionOf(token: string | null): LiveConnection {
    const known = [...this.connections].find((connection) => connection.token === token);
    if (known) return known;
    if (!this.options.webSocketImpl) {
      throw new CremaError('NO_WEBSOCKET', 'There is no WebSocket here; pass webSocketImpl.');
    }
    const connection: LiveConnection = new LiveConnection(token, this.options, () =>
      this.connections.delete(connection),
    );
    this.connections.add(connection);
    return connection;
  }
}
