import { ConfigError, type Configuration } from '@crema/config';
import pino, { type Logger } from 'pino';
import { cacheOf } from './caching/cache-settings.ts';
import { invalidationEventsOf } from './caching/invalidation-settings.ts';
import { openConfiguration, readConfig, startSettings, type Config } from './config.ts';
import { InvalidHooksError, loadHooks } from './hooks/load-hooks.ts';
import { metricsOf } from './metrics/metrics-settings.ts';
import { InvalidManifestError } from './protection/persisted/manifest.ts';
import { readManifest } from './protection/persisted/manifest-file.ts';
import { protectionOf } from './protection/protection-settings.ts';
import { resilienceOf } from './resilience/resilience-settings.ts';
import type { Router } from './router-options.ts';
import { createRouter } from './router.ts';
import { subscriptionsOf } from './subscriptions/subscription-settings.ts';
import { readFirst, supergraphSource, SupergraphUnreadableError } from './supergraph/source.ts';
import { SupergraphFeed } from './supergraph/supergraph-feed.ts';
import { InvalidSupergraphError } from './supergraph/supergraph.ts';
import { systemTimers } from './system/clock.ts';
import { systemIds } from './system/ids.ts';
import { systemRandom } from './system/random.ts';

const ARGV = process.argv.slice(2);

async function main(): Promise<void> {
  const configuration = openConfiguration(ARGV, process.env);
  const readAll = () => configuration.read((env) => readConfig(ARGV, env));
  // Where no more is to come, all that is wrong is told at once.
  if (!configuration.vault) readAll();
  const start = configuration.readEarly(startSettings);
  const log = pino({ level: start.LOG_LEVEL });
  await askVault(configuration, log, start.START_TIMEOUT_S);
  const [config] = readAll();
  const subgraphs: string[] = [];
  const cache = cacheOf(config);
  const around = { timers: systemTimers, ids: systemIds, log };
  const source = supergraphSource(config.SUPERGRAPH);
  const router = await createRouter({
    supergraph: await readFirst(source),
    reloadToken: config.RELOAD_TOKEN,
    mode: config.NODE_ENV === 'production' ? 'production' : 'development',
    jwt: jwtOptions(config),
    callerSecret: config.CALLER_SECRET,
    corsOrigins: config.CORS_ORIGINS,
    trustProxy: config.TRUST_PROXY,
    introspection: config.INTROSPECTION,
    planner: config.PLANNER,
    engine: config.ENGINE,
    overrideLabels: config.OVERRIDE_LABELS,
    maxBodyBytes: config.MAX_BODY_BYTES,
    ...protectionOf(config, config.NODE_ENV === 'production'),
    ...subscriptionsOf(config),
    cache: cache && { ...cache, events: await invalidationEventsOf(config, around) },
    metrics: metricsOf(config),
    resilience: resilienceOf(config, resilienceBySubgraph(config)),
    headers: config.HEADERS ?? {},
    hooks: config.HOOKS === undefined ? {} : await loadHooks(config.HOOKS),
    manifest: config.PERSISTED_OPERATIONS && (await readManifest(config.PERSISTED_OPERATIONS)),
    redis: config.CACHE_URL === 'memory:' ? undefined : { url: config.CACHE_URL },
    instances: ({ name, url }) => {
      subgraphs.push(name);
      return config.instances.of(name) ?? [url];
    },
    logger: log,
  });
  for (const name of config.instances.strangersTo(subgraphs)) {
    log.warn({ subgraph: name }, 'Instances are configured for a subgraph that there is not');
  }
  const { url } = await listen(router, config);
  const feed = new SupergraphFeed({
    source,
    reload: router.reload,
    pollMs: config.RELOAD_POLL_S * 1_000,
    timers: systemTimers,
    random: systemRandom,
    log,
  });
  process.on('SIGHUP', () => void feed.refresh());
  configuration.watchVault(log);
  let isClosing = false;
  const close = (signal: string): void => {
    if (isClosing) process.exit(1);
    isClosing = true;
    log.info({ signal }, 'The router drains');
    feed.close();
    router.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  // Whoever started it over a channel is gone.
  process.on('disconnect', () => close('disconnect'));
  // Last, so that whoever reads it can end the process cleanly.
  log.info({ url }, 'The router is ready');
}

async function askVault(configuration: Configuration, log: Logger, seconds: number): Promise<void> {
  const onAway = (reason: string): void =>
    log.warn({ vault: configuration.vault?.address, reason }, 'The router waits for Vault');
  await configuration.askVault(onAway, seconds * 1_000);
}

function jwtOptions({ JWKS_URL, JWT_ISSUER, JWT_AUDIENCE, JWT_ALGORITHMS }: Config) {
  if (!JWKS_URL || !JWT_ISSUER || !JWT_AUDIENCE) return undefined;
  return { jwks: JWKS_URL, issuer: JWT_ISSUER, audience: JWT_AUDIENCE, algorithms: JWT_ALGORITHMS };
}

/** What is told of single subgraphs, but for where they are. */
const resilienceBySubgraph = ({ SUBGRAPHS }: Config) =>
  Object.fromEntries(
    Object.entries(SUBGRAPHS ?? {}).map(([name, { url: _, ...resilience }]) => [name, resilience]),
  );

class PortError extends Error {}

async function listen(router: Router, { PORT, HOST }: Config): Promise<{ url: string }> {
  try {
    return await router.listen(PORT, HOST);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'EADDRINUSE') throw new PortError(`The port ${PORT} is in use`);
    if (code === 'EACCES') throw new PortError(`The port ${PORT} may not be used`);
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') {
      throw new PortError(`The host ${HOST} is not an address of this machine`);
    }
    throw thrown;
  }
}

const EXPECTED = [
  ConfigError,
  SupergraphUnreadableError,
  InvalidSupergraphError,
  InvalidManifestError,
  InvalidHooksError,
  PortError,
];

/** Ends the process with one line for what its user can put right, and a stack for what is our fault. */
function fail(thrown: unknown): void {
  const isExpected = EXPECTED.some((kind) => thrown instanceof kind);
  console.error(isExpected && thrown instanceof Error ? thrown.message : thrown);
  process.exit(1);
}

main().catch(fail);
