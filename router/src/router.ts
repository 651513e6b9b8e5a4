import type { ServedSupergraph } from './engine.ts';
import type { EngineOptions } from './engine-options.ts';
import { openCache } from './caching/open-cache.ts';
import type { RedisServer, RedisServerOptions } from './caching/redis-server.ts';
import { graphiqlRoutes } from './pages/graphiql.ts';
import { healthRoutes } from './pages/health.ts';
import { landingRoute } from './pages/landing.ts';
import { Customization } from './hooks/customization.ts';
import { openMetrics } from './metrics/open-metrics.ts';
import { OperationStore } from './planning/operation-store.ts';
import { Overrides } from './planning/overrides.ts';
import { loadEngine } from './planning/engines.ts';
import { warmUp, type WarmUpOptions } from './planning/warm-up.ts';
import { defaultLimits, type Limits } from './protection/limits/limits.ts';
import { CallerHeader } from './protection/caller-header.ts';
import { visitor } from './protection/caller.ts';
import { Manifest } from './protection/persisted/manifest.ts';
import { textsIn } from './protection/persisted/operation-texts.ts';
import { PersistedOperations } from './protection/persisted/persisted-operations.ts';
import { defaultRates, RateLimits } from './protection/rates/rate-limits.ts';
import { SharedBuckets } from './protection/rates/shared-buckets.ts';
import { TimeLimit } from './protection/time-limit.ts';
import { Origins } from './protection/origins.ts';
import { TokenVerifier } from './protection/token-verifier.ts';
import { Changes } from './resilience/changes.ts';
import { Resilience } from './resilience/resilience.ts';
import type { Router, RouterOptions } from './router-options.ts';
import { Sources } from './subscriptions/sources.ts';
import { pushRoute } from './supergraph/push-route.ts';
import { SharedTransports } from './supergraph/shared-transports.ts';
import { loadSupergraph } from './supergraph/supergraph.ts';
import { Takeover } from './supergraph/takeover.ts';
import { Usage } from './supergraph/usage.ts';
import { systemClock, systemTimers } from './system/clock.ts';
import { systemRandom } from './system/random.ts';
import { systemIds } from './system/ids.ts';
import { silentLogger } from './system/logger.ts';
import { GraphQLOverHttp } from './transport/in/graphql-over-http.ts';
import { HttpServer, type Route } from './transport/in/http-server.ts';
import { InProcess } from './transport/in/in-process.ts';
import { WebSocketServer } from './transport/in/websocket-server.ts';
import { BalancedTransport } from './transport/out/balanced-transport.ts';
import type { Subgraph } from './transport/subgraph-transport.ts';

const MAX_OPERATIONS = 2_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Planning beforehand ends here: a router that is late is worse than one that is slow at first. */
const WARM_UP = { maxMs: 2_000, maxOperations: 1_000 };
const MAX_BODY_BYTES = 256 * 1024;
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/** How often a client of a quiet connection hears from us. */
const HEARTBEAT_MS = 12_000;

/** What has not ended by then is cut off: whoever stops the process will not wait much longer. */
const DRAIN_TIMEOUT_MS = 25_000;
const GRAPHQL_PATH = '/graphql';

/** Builds a router; it listens on nothing until `listen`. Rejects when the supergraph is invalid. */
export async function createRouter(options: RouterOptions): Promise<Router> {
  const {
    mode = 'production',
    logger: log = silentLogger,
    clock = systemClock,
    timers = systemTimers,
    ids = systemIds,
    instances = ({ url }: Subgraph) => [url],
    random = systemRandom,
    introspection = mode === 'development',
    maxBodyBytes = MAX_BODY_BYTES,
    maxBufferedBytes = MAX_BUFFERED_BYTES,
    tellsCost = mode === 'development',
  } = options;
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const suggestions = mode === 'development';
  const trustedProxies = Number(options.trustProxy ?? 0);
  const origins = new Origins(options.corsOrigins ?? (mode === 'development' ? 'localhost' : []));

  const customization = new Customization(options.hooks, options.headers);
  const { planner: plannerName = 'hive', engine: engineName = 'crema' } = options;
  const createEngine = await loadEngine(engineName, { planner: plannerName, log });

  const metrics = await openMetrics(options.metrics ?? {}, mode);
  const changes = new Changes();
  const around = { clock, timers, random, log, changes, onCircuit: metrics.onCircuit };
  const resilience = new Resilience(options.resilience ?? {}, around);
  const ways = new SharedTransports((subgraph) => {
    const way = resilience.transport(
      subgraph.name,
      (budget) =>
        options.transports?.(subgraph) ??
        new BalancedTransport(instances(subgraph), { timers, logger: log, budget }),
    );
    return metrics.transport(subgraph.name, way);
  });
  const serve = (sdl: string): ServedSupergraph => {
    const supergraph = loadSupergraph(sdl);
    const taken = ways.take(supergraph.subgraphs);
    try {
      const transports = caching?.cache.around(supergraph, taken) ?? taken;
      const made = createEngine(supergraph, transports);
      const planner = customization.planner(made.planner);
      const { overrideLabels: named = [] } = options;
      const overrides = new Overrides(supergraph.overrideLabels, { named, random });
      const operations = new OperationStore(
        { supergraph, planner, executor: made.executor, listSize: limits.listSize, overrides },
        { introspection, suggestions, maxOperations: MAX_OPERATIONS, limits },
      );
      return { supergraph, operations, overrides, transports: taken, use: new Usage() };
    } catch (thrown) {
      void ways.release(supergraph.subgraphs);
      throw thrown;
    }
  };

  const callerHeader = options.callerSecret
    ? new CallerHeader(options.callerSecret, clock)
    : undefined;
  const redis = options.redis && (await openRedis({ ...options.redis, clock, timers, log }));
  const caching =
    options.cache && (await openCache(options.cache, { redis, clock, timers, ids, changes, log }));
  if (caching) metrics.cache(caching.cache.statistics);
  const { safelist = 'off', automaticPersistedQueries = true } = options;
  const manifest = options.manifest === undefined ? undefined : Manifest.read(options.manifest);
  const warming: WarmUpOptions = { clock, log, ...WARM_UP };
  let served = serve(options.supergraph);
  if (manifest) await warmUp(served.operations, manifest.all, warming);
  const engineOptions: EngineOptions = {
    log,
    callerHeader,
    suggestions,
    limits,
    rates: new RateLimits(
      { ...defaultRates, ...options.rates },
      clock,
      redis && new SharedBuckets(redis),
    ),
    persisted: new PersistedOperations({
      manifest,
      safelist,
      texts: automaticPersistedQueries ? textsIn(redis) : undefined,
      log,
    }),
    sources: new Sources({
      clock,
      timers,
      random,
      log,
      publicFields: new Set(options.publicSubscriptions),
      answer: customization.answer,
    }),
    maxBufferedBytes,
    customization,
    timeLimit: new TimeLimit(options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS, timers),
    sharedAnswers: resilience.sharedAnswers,
    tellsCost,
    tellsCache: caching !== undefined && (options.cache?.isTold ?? mode === 'development'),
  };
  metrics.sources(engineOptions.sources);
  const engine = metrics.engine(served, engineOptions);
  const verifier = options.jwt && new TokenVerifier(options.jwt, clock, log);
  const callerOf = async (authorization: string | undefined) =>
    verifier ? verifier.caller(authorization) : visitor;

  const leave = ({ supergraph, use }: ServedSupergraph): void => {
    const closed = use.idle().then(() => ways.release(supergraph.subgraphs));
    closed.catch((err: unknown) => log.warn({ err }, 'A way to a subgraph could not be closed'));
  };
  const takeOver = async (sdl: string): Promise<void> => {
    const next = serve(sdl);
    await warmUp(next.operations, served.operations.inUse, warming);
    served = next;
    leave(engine.serve(next));
  };
  const takeover = new Takeover(options.supergraph, takeOver, clock, log);
  metrics.takeovers(takeover);

  const graphql = new GraphQLOverHttp({
    engine,
    callerOf,
    maxBodyBytes,
    maxBatch: limits.maxBatch,
    trustedProxies,
    clock,
    timers,
    ids,
    log,
    heartbeatMs: HEARTBEAT_MS,
    maxBufferedBytes,
    reservedMs: 30_000,
    maxReserved: 10_000,
  });
  const http = new HttpServer({
    graphqlPath: GRAPHQL_PATH,
    graphql: metrics.graphql(graphql),
    // The host's pages come last, so that they win over ours.
    routes: [
      ...pages(mode, takeover, options),
      ...metrics.routes,
      ...(caching?.routes ?? []),
      ...(options.routes ?? []),
    ],
    origins,
    ids,
    log,
  });
  const sockets = new WebSocketServer({
    engine,
    callerOf,
    clock,
    timers,
    ids,
    log,
    path: GRAPHQL_PATH,
    origins,
    trustedProxies,
    initTimeoutMs: 3_000,
    heartbeatMs: HEARTBEAT_MS,
    maxPayloadBytes: maxBodyBytes,
    maxBufferedBytes,
  });
  sockets.attach(http.server);

  const local = new InProcess({ engine, callerOf, clock, timers, ids, log });

  return {
    async listen(port, host) {
      const address = await http.listen(port, host);
      const name = host && host !== '0.0.0.0' && host !== '::' ? host : 'localhost';
      return { port: address.port, url: `http://${name}:${address.port}${GRAPHQL_PATH}` };
    },
    execute: (request) => local.execute(request),
    subscribe: (request) => local.subscribe(request),
    get supergraph() {
      return takeover.status;
    },
    reload: (sdl) => takeover.offer(sdl),
    async close() {
      const cancel = timers.after(DRAIN_TIMEOUT_MS, () => {
        http.server.closeAllConnections();
        sockets.terminate();
      });
      local.close();
      await Promise.all([graphql.close(), http.close(), sockets.close()]);
      cancel();
      await caching?.close();
      await ways.close();
      redis?.close();
    },
  };
}

/** Loaded where it is used only. */
async function openRedis(options: RedisServerOptions): Promise<RedisServer> {
  const server = new (await import('./caching/redis-server.ts')).RedisServer(options);
  await server.tried();
  return server;
}

function pages(
  mode: 'development' | 'production',
  takeover: Takeover,
  { readiness = async () => ({}), reloadToken }: RouterOptions,
): Route[] {
  const tools = mode === 'development' ? graphiqlRoutes(GRAPHQL_PATH) : [];
  const push = reloadToken === undefined ? [] : [pushRoute(takeover, reloadToken)];
  const health = healthRoutes(readiness, () => takeover.status, mode);
  return [landingRoute(mode, GRAPHQL_PATH), ...health, ...push, ...tools];
}
