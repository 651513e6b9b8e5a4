import { Counter, Gauge, Registry } from 'prom-client';
import type { CacheStatistics } from '../caching/cache-statistics.ts';
import type { CircuitState } from '../resilience/circuit-breaker.ts';
import type { Sources } from '../subscriptions/sources.ts';
import type { Takeover } from '../supergraph/takeover.ts';
import { Durations } from './durations.ts';
import type { Metrics, OperationKind, Outcome } from './metrics.ts';
import { processMetrics } from './process-metrics.ts';
import { Tally } from './tally.ts';

const CIRCUIT_STATES: readonly CircuitState[] = ['CLOSED', 'HALF_OPEN', 'OPEN'];

/** Numbers with two labels: the values of these, and how much. */
type Counts = Iterable<readonly [first: string, second: string, count: number]>;

/** Metrics in the text format of Prometheus. */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new Registry();
  private readonly answers = new Tally();
  private readonly operations = new Tally();
  private readonly calls = new Tally();
  private readonly operationSeconds = new Durations(
    'router_operation_duration_seconds',
    'How long queries and mutations took.',
    'kind',
  );
  private readonly callSeconds = new Durations(
    'router_subgraph_request_duration_seconds',
    'How long subgraphs took, waiting and repetitions included.',
    'subgraph',
  );
  private readonly openings: Counter;
  private readonly circuits: Gauge;
  private readonly live: Gauge;

  constructor() {
    const registers = [this.registry];
    this.counter(
      'router_http_requests_total',
      'Requests to the GraphQL path that were answered.',
      ['method', 'status'],
      this.answers,
    );
    this.counter(
      'router_operations_total',
      'Operations that ended, however they were asked for.',
      ['kind', 'outcome'],
      this.operations,
    );
    this.counter(
      'router_subgraph_requests_total',
      "How often a subgraph's answer was needed that no cache had.",
      ['subgraph', 'outcome'],
      this.calls,
    );
    this.circuits = new Gauge({
      name: 'router_subgraph_circuit_state',
      help: "1 for the state that a subgraph's circuit is in, 0 for the others.",
      labelNames: ['subgraph', 'state'],
      registers,
    });
    this.openings = new Counter({
      name: 'router_subgraph_circuit_openings_total',
      help: "How often a subgraph's circuit opened.",
      labelNames: ['subgraph'],
      registers,
    });
    this.live = new Gauge({
      name: 'router_subscriptions_live',
      help: 'Clients that follow a subscription, one for each subscription.',
      registers,
    });
  }

  httpAnswered(method: string, status: number | undefined): void {
    this.answers.add(method, status === undefined ? 'none' : String(status));
  }

  operationEnded(kind: OperationKind, outcome: Outcome, seconds: number | undefined): void {
    this.operations.add(kind, outcome);
    if (seconds !== undefined) this.operationSeconds.observe(kind, seconds);
  }

  subgraphAsked(subgraph: string, outcome: Outcome, seconds: number | undefined): void {
    this.calls.add(subgraph, outcome);
    if (seconds !== undefined) this.callSeconds.observe(subgraph, seconds);
  }

  circuitBecame(subgraph: string, state: CircuitState): void {
    for (const each of CIRCUIT_STATES) {
      this.circuits.set({ subgraph, state: each.toLowerCase() }, each === state ? 1 : 0);
    }
    // So that the count is there before it first rises, which an alert would not see otherwise.
    this.openings.inc({ subgraph }, state === 'OPEN' ? 1 : 0);
  }

  subscriptionBegan(): void {
    this.live.inc();
  }

  subscriptionEnded(): void {
    this.live.dec();
  }

  cacheCounts(statistics: CacheStatistics): void {
    this.counter(
      'router_cache_parts_total',
      'Parts of answers that were looked for in the cache.',
      ['subgraph', 'result'],
      partsOf(statistics),
    );
    new Counter({
      name: 'router_cache_invalidations_total',
      help: 'How often something that was cached was made old.',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(statistics.invalidations);
      },
    });
  }

  sources(sources: Pick<Sources, 'size'>): void {
    new Gauge({
      name: 'router_subgraph_subscriptions_live',
      help: 'Subscriptions at subgraphs, each for all clients that share it.',
      registers: [this.registry],
      collect() {
        this.set(sources.size);
      },
    });
  }

  takeovers(takeover: Pick<Takeover, 'counts' | 'status'>): void {
    new Counter({
      name: 'router_supergraph_reloads_total',
      help: 'Supergraphs that took over from another, and those that could not be served.',
      labelNames: ['outcome'],
      registers: [this.registry],
      collect() {
        const { takenOver, refused } = takeover.counts;
        this.reset();
        this.inc({ outcome: 'taken_over' }, takenOver);
        this.inc({ outcome: 'refused' }, refused);
      },
    });
    new Gauge({
      name: 'router_supergraph_takeover_timestamp_seconds',
      help: 'When the supergraph that is served took over, in seconds since 1970.',
      registers: [this.registry],
      collect() {
        this.set(takeover.status.since.getTime() / 1_000);
      },
    });
  }

  /** The media type of the text, without the character set. */
  get contentType(): string {
    return this.registry.contentType.replace('; charset=utf-8', '');
  }

  /** All that was counted so far, and how the process is. */
  async text(): Promise<string> {
    const counted = await this.registry.metrics();
    const ofProcess = await processMetrics().metrics();
    return [counted, this.operationSeconds.text, this.callSeconds.text, ofProcess].join('\n');
  }

  /** A counter of what is counted elsewhere, by two labels. */
  private counter(
    name: string,
    help: string,
    labelNames: readonly [string, string],
    counts: Counts,
  ): void {
    const [one, other] = labelNames;
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [first, second, count] of counts) {
          this.inc({ [one]: first, [other]: second }, count);
        }
      },
    });
  }
}

/** The counts of a cache, read anew each time. */
const partsOf = (statistics: CacheStatistics): Counts => ({
  *[Symbol.iterator]() {
    for (const [subgraph, { hits, misses }] of statistics.bySubgraph) {
      yield [subgraph, 'hit', hits];
      yield [subgraph, 'miss', misses];
    }
  },
});
