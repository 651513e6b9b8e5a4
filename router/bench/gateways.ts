import { fileURLToPath } from 'node:url';

/** A gateway to measure: how its process is started, and where it answers. */
export interface Gateway {
  readonly name: string;
  readonly path: string;
  command(way: Way): readonly string[];
  env?(way: Way): Record<string, string>;
  /** Which rows it stands in: others are measured without deduplication, which hides their work. */
  readonly deduplicates: boolean;
  /** Whether it is given the supergraph with all directives, also those of authorization and cost. */
  readonly takesAll: boolean;
}

/** What a gateway is told. */
export interface Way {
  readonly port: number;
  /** The file of the supergraph. */
  readonly supergraph: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
}

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const HIVE = 'peers/node_modules/@graphql-hive/gateway/dist/bin.js';

/** Production's protections, all of them; a benchmark is more than one client may ask in a second. */
const CREMA_ENV = {
  RATE_PER_ADDRESS: '900000000/1s',
  RATE_PER_USER: '900000000/1s',
  CALLER_SECRET: 'a secret of thirty-two characters',
  LOG_LEVEL: 'info',
};

/** Each request on its own, as if no two were ever alike. */
const APART = { CLIENT_DEDUPLICATION: 'false', SUBGRAPH_DEDUPLICATION: 'false' };

function crema(name: string, env: Record<string, string>, deduplicates = false): Gateway {
  return {
    name,
    path: '/graphql',
    takesAll: true,
    deduplicates,
    command: ({ supergraph, port }) => [
      // As the image starts it.
      ...[process.execPath, '--max-semi-space-size=64', file('../dist/main.js')],
      ...['--supergraph', supergraph, '--port', String(port)],
    ],
    env: () => ({ ...CREMA_ENV, ...env }),
  };
}

function apollo(name: string, program: string): Gateway {
  return {
    name,
    path: '/',
    takesAll: false,
    deduplicates: false,
    command: () => [process.execPath, file(program)],
    env: ({ port, supergraph }) => ({ PORT: String(port), SUPERGRAPH: supergraph }),
  };
}

/** https://the-guild.dev/graphql/hive/docs/gateway/other-features/rust-query-planner */
function hive(name: string, flags: readonly string[], deduplicates: boolean): Gateway {
  return {
    name,
    path: '/graphql',
    takesAll: true,
    deduplicates,
    command: ({ supergraph, port }) => [
      ...[
        process.execPath,
        file(HIVE),
        'supergraph',
        supergraph,
        '--port',
        String(port),
        '--fork',
        '1',
      ],
      ...['--config-path', file('peers/hive-gateway.config.js'), ...flags],
    ],
    env: () => ({ DEDUPLICATE: String(deduplicates) }),
  };
}

const RUST_PLANNER = ['--hive-router-runtime'];

export const GATEWAYS: readonly Gateway[] = [
  crema('Crema', APART),
  crema('Crema, Apollo planner', { ...APART, PLANNER: 'apollo' }),
  apollo('ApolloServer + ApolloGateway', 'peers/apollo-gateway.js'),
  apollo('the same with an undici Pool', 'peers/apollo-gateway-undici.js'),
  hive('Hive Gateway, JS planner', [], false),
  hive('Hive Gateway, Rust planner', RUST_PLANNER, false),
  {
    name: 'mercurius gateway',
    path: '/graphql',
    takesAll: false,
    deduplicates: false,
    command: () => [process.execPath, file('peers/mercurius-gateway.js')],
    env: ({ port, subgraphs }) => ({ PORT: String(port), SUBGRAPHS: JSON.stringify(subgraphs) }),
  },
  crema('Crema, deduplicating', {}, true),
  hive('Hive Gateway, Rust planner, deduplicating', RUST_PLANNER, true),
];
