import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cinema, composedCinema, HEAVY, UNIQUE } from './cinema.ts';
import type { Gateway, Way } from './gateways.ts';
import { composedShop, shop, SHOP_OPERATIONS } from './shop.ts';
import { PLACEHOLDER } from './unique-ids.ts';

/** Something to ask, and of what. */
export interface Workload {
  readonly name: string;
  readonly supergraph: 'cinema' | 'shop';
  readonly body: string;
}

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'UNIQUE',
    supergraph: 'cinema',
    body: JSON.stringify({ query: UNIQUE, variables: { id: PLACEHOLDER } }),
  },
  { name: 'HEAVY', supergraph: 'cinema', body: JSON.stringify({ query: HEAVY }) },
  ...Object.entries(SHOP_OPERATIONS).map(([name, query]): Workload => {
    return { name, supergraph: 'shop', body: JSON.stringify({ query }) };
  }),
];

/** The files that gateways are started with, for subgraphs at one port. */
export class Supergraphs {
  private constructor(
    private readonly files: Readonly<Record<string, string>>,
    private readonly subgraphs: Readonly<Record<string, Way['subgraphs']>>,
  ) {}

  static async write(port: number): Promise<Supergraphs> {
    const url = (name: string): string => `http://127.0.0.1:${port}/${name}`;
    const texts = await shop();
    const directory = await mkdtemp(join(tmpdir(), 'router-bench-'));
    const write = async (name: string, sdl: string): Promise<string> => {
      const path = join(directory, `${name}.graphql`);
      await writeFile(path, sdl);
      return path;
    };
    const listed = (names: object) => Object.keys(names).map((name) => ({ name, url: url(name) }));
    return new Supergraphs(
      {
        cinema: await write('cinema', composedCinema(url)),
        shop: await write('shop', composedShop(texts, url, 'whole')),
        'plain shop': await write('plain-shop', composedShop(texts, url, 'plain')),
      },
      { cinema: listed(cinema), shop: listed(texts) },
    );
  }

  wayFor(gateway: Gateway, { supergraph }: Workload, port: number): Way {
    const kind = supergraph === 'shop' && !gateway.takesAll ? 'plain shop' : supergraph;
    return {
      port,
      supergraph: this.files[kind] ?? '',
      subgraphs: this.subgraphs[supergraph] ?? [],
    };
  }
}
