import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readSupergraphConfig } from '@crema/schema';
import { prefixed } from './log-lines.ts';
import { secretsIn } from './secrets.ts';
import { Supervised } from './supervised.ts';
import { planTopology, type ProcessPlan } from './topology.ts';

export type { Supervised } from './supervised.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Something that a person can put right before the next try. */
export class StartError extends Error {}

export interface DistributedOptions {
  /** What every process is told: where the servers are, and whatever the parts can be set to. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How many processes of each subgraph; one of those that are left out. */
  readonly replicas?: ReadonlyMap<string, number>;
  /** The router's; 0 takes free ports for all. Default: 4000. */
  readonly port?: number;
  readonly host?: string;
  /** Where the secrets are, and data that is kept in files. Default: .data/distributed. */
  readonly folder?: string;
  readonly demo?: boolean;
  readonly write?: (text: string) => void;
  readonly hasColours?: boolean;
  /** Ends the start. */
  readonly signal?: AbortSignal;
}

/** Every part of Crema in processes of their own, on this machine. */
export interface Distributed {
  /** The router's GraphQL. */
  readonly url: string;
  /** The subgraphs' processes, then the router's. */
  readonly processes: readonly Supervised[];
  /** Lets all of them end in order: the router first, so that nobody is asked who has gone. */
  close(): Promise<void>;
  /** Ends all of them at once. */
  abandon(): void;
}

/** Who ends so often before being ready would do so for ever. */
const MOST_FAILURES = 3;

/** Starts every subgraph and the router; resolves when all are ready. Throws StartError. */
export async function startDistributed(options: DistributedOptions): Promise<Distributed> {
  const { env, replicas = new Map(), port = 4000, host = '127.0.0.1', demo = true } = options;
  const folder = resolve(options.folder ?? join(ROOT, '.data/distributed'));
  const subgraphs = readSupergraphConfig(join(ROOT, 'supergraph.yaml'));
  checkReplicas(replicas, subgraphs, env);

  await promisify(execFile)(process.execPath, [join(ROOT, 'infra/distributed/build.js')]);
  const topology = await planTopology({
    subgraphs,
    replicas,
    port,
    host,
    folder,
    demo,
    env,
    supergraphFile: join(ROOT, 'schema/supergraph.graphql'),
    secrets: secretsIn(folder),
    isProduction: env['NODE_ENV'] === 'production',
  });
  const plans = [...topology.subgraphs, topology.router];
  const names = plans.map(({ name }) => name);
  const write = prefixed(names, options.hasColours ?? false, options.write ?? (() => undefined));
  const supervise = (plan: ProcessPlan): Supervised => new Supervised(plan, write);
  const parts = topology.subgraphs.map(supervise);
  const router = supervise(topology.router);
  const processes = [...parts, router];
  const abandon = (): void => processes.forEach((each) => each.abandon());

  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', abandon);
  for (const each of processes) each.start();
  try {
    await Promise.all(processes.map((each) => each.ready(MOST_FAILURES)));
  } catch (error) {
    abandon();
    throw new StartError((error as Error).message, { cause: error });
  }
  options.signal?.removeEventListener('abort', abandon);
  return {
    url: `http://${host}:${topology.router.port}/graphql`,
    processes,
    abandon,
    close: async () => {
      await router.stop();
      await Promise.all(parts.map((each) => each.stop()));
    },
  };
}

/** The variables whose servers any number of processes can share. */
const SHARED = ['DATABASE_URL', 'DOCUMENTS_URL', 'EVENTS_URL'];

function checkReplicas(
  replicas: ReadonlyMap<string, number>,
  subgraphs: readonly { readonly name: string }[],
  env: DistributedOptions['env'],
): void {
  for (const name of replicas.keys()) {
    if (subgraphs.some((each) => each.name === name)) continue;
    const known = subgraphs.map((each) => each.name).join(', ');
    throw new StartError(`--replicas ${name}: there are ${known}.`);
  }
  const inFiles = SHARED.filter((variable) => (env[variable] ?? 'file:').startsWith('file:'));
  if (inFiles.length > 0 && [...replicas.values()].some((count) => count > 1)) {
    throw new StartError(
      `Files cannot be shared by replicas: --replicas needs servers in ${inFiles.join(', ')}; ` +
        'npm run services -- up starts some, --services uses them.',
    );
  }
}
