import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { outdatingSettings } from './outdating.ts';
import type { Secrets } from './secrets.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** One process: what runs in it, where it listens and what it is told. */
export interface ProcessPlan {
  /** `orders`, or `orders.2` for the second of several. */
  readonly name: string;
  readonly part: string;
  readonly file: string;
  /** Options of Node itself. */
  readonly nodeOptions: readonly string[];
  readonly port: number;
  readonly env: Environment;
}

export interface Topology {
  readonly subgraphs: readonly ProcessPlan[];
  readonly router: ProcessPlan;
}

export interface Wishes {
  /** The subgraphs and the ports of their first replicas, as supergraph.yaml has them. */
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** How many processes of a subgraph; one unless told. */
  readonly replicas: ReadonlyMap<string, number>;
  /** The router's; 0 takes free ports for all. */
  readonly port: number;
  readonly host: string;
  readonly supergraphFile: string;
  /** Where files and the secrets are. */
  readonly folder: string;
  readonly secrets: Secrets;
  readonly demo: boolean;
  readonly isProduction: boolean;
  readonly env: Environment;
}

const ROOT = resolve(import.meta.dirname, '../../..');

/** What `build.js` makes of a part. */
const bundleOf = (part: string): string =>
  join(ROOT, part === 'router' ? 'router' : `subgraphs/${part}`, 'dist/main.js');

/**
 * Answers in the making fill the place of new objects that Node has by default, and are then kept for old ones: with more of
 * it a router with fifty large answers under way spends a quarter less time. The image's command says the same.
 */
const ROUTER_NODE_OPTIONS = ['--max-semi-space-size=64'];

const SUBGRAPH_HOST = '127.0.0.1';
/** The second replica of what listens on 4005 listens on 4105. */
const NEXT_REPLICA = 100;

/** Plans every process: its port, and who is told of it. */
export async function planTopology(wishes: Wishes): Promise<Topology> {
  const subgraphs: ProcessPlan[] = [];
  for (const { name, url } of wishes.subgraphs) {
    const count = wishes.replicas.get(name) ?? 1;
    for (let replica = 1; replica <= count; replica++) {
      const own = Number(new URL(url).port) + (replica - 1) * NEXT_REPLICA;
      const port = wishes.port === 0 ? await freePort() : own;
      subgraphs.push(subgraphPlan(wishes, name, replica, count, port));
    }
  }
  const port = wishes.port === 0 ? await freePort() : wishes.port;
  return { subgraphs, router: routerPlan(wishes, subgraphs, port) };
}

function subgraphPlan(
  { folder, secrets, demo, isProduction, env }: Wishes,
  part: string,
  replica: number,
  count: number,
  port: number,
): ProcessPlan {
  return {
    name: count > 1 ? `${part}.${replica}` : part,
    part,
    file: bundleOf(part),
    nodeOptions: [],
    port,
    env: {
      // Browsers keep Secure cookies of http://localhost, but not of another plain address.
      COOKIE_SECURE: String(isProduction),
      DEV_OUTBOX: String(!isProduction),
      ...secretsFor(env, secrets),
      ...env,
      // What is in a file is in the environment already.
      CONFIG_FILE: undefined,
      DATA_DIR: join(folder, 'data'),
      DEMO: String(demo && replica === 1),
      HOST: SUBGRAPH_HOST,
      PORT: String(port),
    },
  };
}

function routerPlan(wishes: Wishes, subgraphs: readonly ProcessPlan[], port: number): ProcessPlan {
  const originsOf = (part: string): string[] =>
    subgraphs
      .filter((each) => each.part === part)
      .map((each) => `http://${SUBGRAPH_HOST}:${each.port}`);
  const instances = wishes.subgraphs.map(({ name }) => [
    `SUBGRAPH_${name.toUpperCase()}_URL`,
    originsOf(name)
      .map((origin) => `${origin}/graphql`)
      .join(','),
  ]);
  return {
    name: 'router',
    part: 'router',
    file: bundleOf('router'),
    nodeOptions: ROUTER_NODE_OPTIONS,
    port,
    env: {
      JWT_ISSUER: wishes.env['TOKEN_ISSUER'] || 'crema',
      JWT_AUDIENCE: wishes.env['TOKEN_AUDIENCE'] || 'crema',
      // Without these the router would serve any supergraph to anybody, which is not what is wanted here.
      REQUIRED_SETTINGS: 'CALLER_SECRET,JWKS_URL',
      ...outdatingSettings(wishes.env['EVENTS_URL']),
      ...secretsFor(wishes.env, wishes.secrets),
      ...wishes.env,
      CONFIG_FILE: undefined,
      SUPERGRAPH: wishes.supergraphFile,
      JWKS_URL: originsOf('accounts')
        .map((origin) => `${origin}/.well-known/jwks.json`)
        .join(','),
      ...Object.fromEntries(instances),
      HOST: wishes.host,
      PORT: String(port),
    },
  };
}

/** The secrets of this machine; where there is a Vault, they are there. */
const secretsFor = (env: Environment, secrets: Secrets): Environment =>
  env['VAULT_ADDR'] ? {} : { ...secrets };

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, SUBGRAPH_HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
