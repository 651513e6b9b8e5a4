import { readFileSync } from 'node:fs';
import {
  createLogger,
  createMemoryCache,
  openEmbeddedEventLog,
  openSubgraph,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
  type Environment,
  type EventLog,
  type Logger,
  type Platform,
  type RunningSubgraph,
} from '@crema/kit';
import { createRouter, loadHooks, readManifest, type JwtOptions, type Router } from '@crema/router';
import { subgraphEnvironment, type StandaloneConfig } from './config.ts';
import { openDataDir, StartError } from './data-dir.ts';
import { outdating } from './outdating.ts';
import { subgraphs } from './subgraphs.ts';

export { readConfig } from './config.ts';
export { DataDirInUseError, openDataDir, takeLock, type DataDir } from './data-dir.ts';
export { standaloneSettings } from './config.ts';
export { openConfiguration, readSettings } from './read-settings.ts';
export { settingGroups, type SettingGroup } from './settings.ts';
export { subgraphs } from './subgraphs.ts';
export { welcome } from './welcome.ts';

const SUPERGRAPH = new URL('../../../schema/supergraph.graphql', import.meta.url);
const JWKS_PATH = '/.well-known/jwks.json';

/** All of Crema in this process. */
export interface Crema {
  readonly router: Router;
  readonly subgraphs: ReadonlyMap<string, RunningSubgraph>;
  readonly events: EventLog;
  readonly log: Logger;
  /** Begins to serve; throws StartError when the port is taken. */
  listen(): Promise<{ url: string; port: number }>;
  /** Resolves when no fact is on its way any more. */
  settle(): Promise<void>;
  /** Lets requests end, then facts that are on their way to their places, and closes the data. */
  close(): Promise<void>;
}

/** Opens, migrates and fills the data folder, and builds everything on it. Throws StartError or ConfigError. */
export async function openCrema(
  config: StandaloneConfig,
  env: Environment,
  observer: Pick<Platform, 'onStatement'> = {},
): Promise<Crema> {
  const log = config.logLevel === 'silent' ? silentLogger : createLogger('crema', config.logLevel);
  const dataDir = openDataDir(config.dataDir, systemRandom);
  const callerSecret = config.callerSecret ?? dataDir.secrets.callerSecret;
  const clock = systemClock;
  const events = openEmbeddedEventLog({ url: dataDir.urlOf('events'), clock, log });
  const platform: Platform = {
    events,
    cache: createMemoryCache(clock),
    clock,
    ids: uuidV7(clock, systemRandom),
    random: systemRandom,
    log,
    callerSecret,
    databaseUrl: dataDir.urlOf,
    documentsUrl: dataDir.urlOf,
    ...observer,
  };
  const subgraphEnv = subgraphEnvironment(config, dataDir.secrets.sealSecret, env);

  const running = new Map<string, RunningSubgraph>();
  for (const definition of subgraphs) {
    running.set(definition.name, await openSubgraph(definition, platform, subgraphEnv));
  }
  const all = [...running.values()];
  if (config.demo) for (const { subgraph } of all) await subgraph.loadDemo?.();
  for (const each of all) await each.start();

  const routes = all.flatMap(({ subgraph }) => subgraph.routes ?? []);
  const router = await createRouter({
    supergraph: readFileSync(SUPERGRAPH, 'utf8'),
    mode: config.mode,
    transports: ({ name }) => running.get(name)!.endpoint,
    jwt: jwtOptions(all, env),
    callerSecret,
    ...(config.corsOrigins && { corsOrigins: config.corsOrigins }),
    planner: config.planner,
    engine: config.engine,
    overrideLabels: config.overrideLabels,
    ...config.protection,
    resilience: config.resilience,
    ...config.subscriptions,
    headers: config.headers,
    hooks: config.hooks === undefined ? {} : await loadHooks(config.hooks),
    cache: config.cache && { ...config.cache, events: outdating(events) },
    metrics: config.metrics,
    ...(config.persistedOperations && { manifest: await readManifest(config.persistedOperations) }),
    routes,
    logger: log,
  });

  const settle = async () => {
    for (;;) {
      await events.idle();
      const carried = await Promise.all(all.map(({ relay }) => relay?.nudge()));
      if (!carried.includes(true)) return;
    }
  };

  return {
    router,
    subgraphs: running,
    events,
    log,
    settle,
    listen: async () => {
      try {
        return await router.listen(config.port, config.host);
      } catch (error) {
        throw new StartError(listenFailure(config, error as NodeJS.ErrnoException));
      }
    },
    close: async () => {
      await router.close();
      await Promise.all(all.map((each) => each.stop()));
      await events.close();
      await platform.cache.close();
      dataDir.release();
    },
  };
}

/** The router believes the tokens of accounts, whose keys are a call away. */
function jwtOptions(all: readonly RunningSubgraph[], env: Environment): JwtOptions {
  const accounts = all.find(({ subgraph }) => subgraph.name === 'accounts')!.subgraph;
  if (!('jwks' in accounts)) throw new Error(`accounts has no keys for ${JWKS_PATH}`);
  return {
    jwks: accounts.jwks as () => Promise<never>,
    issuer: env['TOKEN_ISSUER'] || 'crema',
    audience: env['TOKEN_AUDIENCE'] || 'crema',
  };
}

function listenFailure({ port, host }: StandaloneConfig, error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `PORT ${port} is in use; set another, as in PORT=4001 npm start.`;
    case 'EACCES':
      return `PORT ${port} may not be used by this user; set one above 1023.`;
    default:
      return `HOST ${host}, PORT ${port}: ${error.message}`;
  }
}
