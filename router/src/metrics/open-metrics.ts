import { Engine, type ServedSupergraph } from '../engine.ts';
import type { CacheStatistics } from '../caching/cache-statistics.ts';
import type { EngineOptions } from '../engine-options.ts';
import type { CircuitState } from '../resilience/circuit-breaker.ts';
import type { Sources } from '../subscriptions/sources.ts';
import type { Takeover } from '../supergraph/takeover.ts';
import { systemMonotonic, type Monotonic } from '../system/clock.ts';
import type { HttpServerOptions, Route } from '../transport/in/http-server.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import { MeasuredEngine } from './measured-engine.ts';
import { MeasuredTransport } from './measured-transport.ts';
import { metricsRoute } from './metrics-route.ts';
import type { Metrics } from './metrics.ts';

/** What is counted, and who may see it. */
export interface MetricsOptions {
  /** Whoever has it may `GET /metrics`. Without it everybody may in development and nobody in production. */
  readonly token?: string | undefined;
  /** What durations are measured by. */
  readonly monotonic?: Monotonic;
}

/** Puts what counts around the parts of a router. Where nothing is counted the parts are left as they are. */
export interface OpenMetrics {
  readonly routes: readonly Route[];
  engine(served: ServedSupergraph, options: EngineOptions): Engine;
  transport(subgraph: string, inner: SubgraphTransport): SubgraphTransport;
  graphql(inner: HttpServerOptions['graphql']): HttpServerOptions['graphql'];
  readonly onCircuit: ((subgraph: string, state: CircuitState) => void) | undefined;
  cache(statistics: CacheStatistics): void;
  sources(sources: Sources): void;
  takeovers(takeover: Takeover): void;
}

const UNCOUNTED: OpenMetrics = {
  routes: [],
  engine: (served, options) => new Engine(served, options),
  transport: (_subgraph, inner) => inner,
  graphql: (inner) => inner,
  onCircuit: undefined,
  cache: () => {},
  sources: () => {},
  takeovers: () => {},
};

/** Counts where somebody may see it. */
export async function openMetrics(
  { token, monotonic = systemMonotonic }: MetricsOptions,
  mode: 'development' | 'production',
): Promise<OpenMetrics> {
  if (mode === 'production' && token === undefined) return UNCOUNTED;
  // Loaded where it is used only.
  const { PrometheusMetrics } = await import('./prometheus-metrics.ts');
  const metrics = new PrometheusMetrics();
  return {
    routes: [metricsRoute(metrics, token)],
    engine: (served, options) => new MeasuredEngine(served, options, metrics, monotonic),
    transport: (subgraph, inner) => new MeasuredTransport(subgraph, inner, metrics, monotonic),
    graphql: (inner) => counted(inner, metrics),
    onCircuit: (subgraph, state) => metrics.circuitBecame(subgraph, state),
    cache: (statistics) => metrics.cacheCounts(statistics),
    sources: (sources) => metrics.sources(sources),
    takeovers: (takeover) => metrics.takeovers(takeover),
  };
}

const counted = (
  inner: HttpServerOptions['graphql'],
  metrics: Metrics,
): HttpServerOptions['graphql'] => ({
  async handle(request, response, requestId) {
    await inner.handle(request, response, requestId);
    const status = response.headersSent ? response.statusCode : undefined;
    metrics.httpAnswered(request.method ?? 'GET', status);
  },
});
