import type { Subgraph, SubgraphTransport } from '../transport/subgraph-transport.ts';

/** The way to each subgraph of one supergraph, by the subgraph's name. */
export type Transports = ReadonlyMap<string, SubgraphTransport>;

interface Shared {
  readonly transport: SubgraphTransport;
  users: number;
}

/**
 * The ways to the subgraphs of all supergraphs that are in use. A subgraph that stays where it is keeps its connections from
 * one supergraph to the next; a way is closed when the last supergraph that needs it has been left.
 */
export class SharedTransports {
  private readonly open = new Map<string, Shared>();

  constructor(private readonly connect: (subgraph: Subgraph) => SubgraphTransport) {}

  /** The ways to these subgraphs, to be given back by `release`; none are taken when one of them cannot be made. */
  take(subgraphs: readonly Subgraph[]): Transports {
    const taken = new Map<string, SubgraphTransport>();
    try {
      for (const subgraph of subgraphs) taken.set(subgraph.name, this.way(subgraph));
      return taken;
    } catch (thrown) {
      void this.release(subgraphs.filter(({ name }) => taken.has(name)));
      throw thrown;
    }
  }

  /** Closes those of the ways to these subgraphs that nobody else needs. */
  async release(subgraphs: readonly Subgraph[]): Promise<void> {
    const unused = subgraphs.flatMap((subgraph) => {
      const key = keyOf(subgraph);
      const shared = this.open.get(key);
      if (!shared || --shared.users > 0) return [];
      this.open.delete(key);
      return [shared.transport];
    });
    await closeAll(unused);
  }

  /** Closes all of them, whoever uses them. */
  async close(): Promise<void> {
    const all = [...this.open.values()].map(({ transport }) => transport);
    this.open.clear();
    await closeAll(all);
  }

  private way(subgraph: Subgraph): SubgraphTransport {
    const key = keyOf(subgraph);
    const shared = this.open.get(key) ?? { transport: this.connect(subgraph), users: 0 };
    shared.users += 1;
    this.open.set(key, shared);
    return shared.transport;
  }
}

const keyOf = ({ name, url }: Subgraph): string => `${name} ${url}`;

async function closeAll(transports: readonly SubgraphTransport[]): Promise<void> {
  await Promise.all(transports.map((transport) => transport.close?.()));
}
