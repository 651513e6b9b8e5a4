import type { Clock, Timers } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';
import type { Random } from '../system/random.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import { BoundedTransport } from './bounded-transport.ts';
import { BreakingTransport } from './breaking-transport.ts';
import { Bulkhead } from './bulkhead.ts';
import { ChangeTellingTransport } from './change-telling-transport.ts';
import type { Changes } from './changes.ts';
import { CircuitBreaker, type CircuitState } from './circuit-breaker.ts';
import { DeduplicatingTransport } from './deduplicating-transport.ts';
import { REQUEST_IDS } from './request-key.ts';
import { RetryBudget } from './retry-budget.ts';
import { RetryingTransport } from './retrying-transport.ts';
import { SharedAnswers } from './shared-answers.ts';
import { TimedTransport } from './timed-transport.ts';

/** How the router treats one subgraph. */
export interface SubgraphResilience {
  /** How long a call may take, waiting and repetitions included. */
  readonly timeoutMs: number;
  /** How often a query is asked again, after a pause, when the connection failed; 0 is never. */
  readonly retries: number;
  /** Per cent of the calls that may be repeated, and so many a second besides. */
  readonly retryPercent: number;
  readonly retriesPerSecond: number;
  /** Whether a subgraph is not asked for a while after too many failures. */
  readonly circuitBreaker: boolean;
  /** Per cent of the last calls that have to fail for that. */
  readonly failureRateThreshold: number;
  readonly waitDurationInOpenStateMs: number;
  /** Calls under way at once, and calls that wait for their turn; what is more is refused. */
  readonly maxConcurrent: number;
  readonly maxWaiting: number;
  /** Whether equal queries that come at the same time are sent once. */
  readonly deduplication: boolean;
}

/** Room for what a busy router asks of a subgraph that is well, and a few seconds of patience with one that is not. */
export const defaultResilience: SubgraphResilience = {
  timeoutMs: 30_000,
  retries: 2,
  retryPercent: 10,
  retriesPerSecond: 5,
  circuitBreaker: true,
  failureRateThreshold: 50,
  waitDurationInOpenStateMs: 5_000,
  maxConcurrent: 512,
  maxWaiting: 2_048,
  deduplication: true,
};

export interface ResilienceOptions {
  /** What holds for every subgraph; `defaultResilience` says what is not told. */
  readonly all?: Partial<SubgraphResilience>;
  /** What holds for one subgraph, by its name in the supergraph. */
  readonly subgraphs?: Readonly<Record<string, Partial<SubgraphResilience>>>;
  /** Whether equal queries of clients that come at the same time are executed once. Default: true. */
  readonly clientDeduplication?: boolean;
  /** Headers that deduplication does not look at, in small letters. Default: request ids. */
  readonly deduplicationIgnores?: readonly string[];
}

/** What resilience is made of. */
export interface ResilienceSurroundings {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Logger;
  readonly changes: Changes;
  /** Is told the state of each circuit, from the first one on. */
  readonly onCircuit?: ((subgraph: string, state: CircuitState) => void) | undefined;
}

/** The part of Resilience4j's options that nobody has a reason to set. */
const CIRCUIT_BREAKER = {
  slidingWindowSize: 20,
  minimumNumberOfCalls: 10,
  permittedNumberOfCallsInHalfOpenState: 3,
};

/** Keeps what goes wrong at one subgraph, or too often, away from the others. */
export class Resilience {
  /** What joins equal queries of clients; undefined when they are not to be joined. */
  readonly sharedAnswers: SharedAnswers | undefined;
  private readonly ignoredHeaders: ReadonlySet<string>;

  constructor(
    private readonly options: ResilienceOptions,
    private readonly around: ResilienceSurroundings,
  ) {
    const { clientDeduplication = true, deduplicationIgnores = REQUEST_IDS } = options;
    this.ignoredHeaders = new Set(deduplicationIgnores);
    this.sharedAnswers = clientDeduplication
      ? new SharedAnswers(around.changes, this.ignoredHeaders)
      : undefined;
  }

  /**
   * The way to a subgraph with all of it around. From the outside: equal queries are joined; an open circuit rejects; time
   * is limited; so many calls at once; what may be repeated is repeated. Waiting for one's turn costs time, and a subgraph
   * that is too slow for what it is asked opens its circuit.
   */
  transport(subgraph: string, open: (budget: RetryBudget) => SubgraphTransport): SubgraphTransport {
    const { clock, timers, random, changes } = this.around;
    const how = this.optionsOf(subgraph);
    const budget = new RetryBudget(how, clock);
    let transport = open(budget);
    if (how.retries > 0) {
      const { retries } = how;
      transport = new RetryingTransport(transport, { retries, budget, timers, random });
    }
    transport = new BoundedTransport(transport, new Bulkhead(how));
    transport = new TimedTransport(transport, how.timeoutMs, timers);
    if (how.circuitBreaker) {
      transport = new BreakingTransport(transport, this.circuitBreaker(subgraph, how));
    }
    transport = new ChangeTellingTransport(transport, changes);
    if (!how.deduplication) return transport;
    return new DeduplicatingTransport(transport, changes, this.ignoredHeaders);
  }

  private optionsOf(subgraph: string): SubgraphResilience {
    const { all, subgraphs = {} } = this.options;
    return { ...defaultResilience, ...all, ...subgraphs[subgraph] };
  }

  private circuitBreaker(subgraph: string, options: SubgraphResilience): CircuitBreaker {
    const { clock, log, onCircuit } = this.around;
    const tell = (state: CircuitState): void => {
      onCircuit?.(subgraph, state);
      if (state === 'OPEN') log.warn({ subgraph }, 'A circuit opens: the subgraph fails too often');
      else if (state === 'CLOSED') log.info({ subgraph }, 'A circuit closes: the subgraph answers');
      else log.info({ subgraph }, 'A circuit is half open: the subgraph is tried');
    };
    onCircuit?.(subgraph, 'CLOSED');
    return new CircuitBreaker({ ...CIRCUIT_BREAKER, ...options }, clock, tell);
  }
}
