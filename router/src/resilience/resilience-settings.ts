import { list, truth, wholeNumber } from '@crema/config';
import { z } from 'zod';
import { REQUEST_IDS } from './request-key.ts';
import { defaultResilience, type ResilienceOptions } from './resilience.ts';

const MS = [1, 3_600_000] as const;

/** The least and the most of each number. */
const BOUNDS = {
  timeoutMs: MS,
  retries: [0, 10],
  retryPercent: [0, 100],
  retriesPerSecond: [0, 10_000],
  failureRateThreshold: [1, 100],
  waitDurationInOpenStateMs: MS,
  maxConcurrent: [1, 1_000_000],
  maxWaiting: [0, 1_000_000],
} as const;

const number = (name: keyof typeof BOUNDS) => {
  const [least, most] = BOUNDS[name];
  return wholeNumber(least, most).default(defaultResilience[name]);
};

/** What keeps failures of subgraphs in bounds, for all subgraphs alike. */
export const resilienceSettings = z.object({
  SUBGRAPH_TIMEOUT_MS: number('timeoutMs').describe(
    'How long a call to a subgraph may take, waiting and repetitions included.',
  ),
  SUBGRAPH_RETRIES: number('retries').describe(
    'How often a query is sent again, after a pause, when the connection to a subgraph failed.',
  ),
  SUBGRAPH_RETRY_PERCENT: number('retryPercent').describe(
    'So many per cent of the calls to a subgraph may be repeated.',
  ),
  SUBGRAPH_RETRIES_PER_SECOND: number('retriesPerSecond').describe(
    'So many calls to a subgraph may be repeated a second besides.',
  ),
  SUBGRAPH_CIRCUIT_BREAKER: truth()
    .default(defaultResilience.circuitBreaker)
    .describe('Whether a subgraph is not asked for a while after too many failures.'),
  SUBGRAPH_FAILURE_RATE_THRESHOLD: number('failureRateThreshold').describe(
    'Per cent of the last 20 calls to a subgraph that have to fail for that.',
  ),
  SUBGRAPH_WAIT_DURATION_IN_OPEN_STATE_MS: number('waitDurationInOpenStateMs').describe(
    'How long the subgraph is not asked before it is tried again.',
  ),
  SUBGRAPH_MAX_CONCURRENT: number('maxConcurrent').describe(
    'Calls to a subgraph that are under way at once.',
  ),
  SUBGRAPH_MAX_WAITING: number('maxWaiting').describe(
    'Calls to a subgraph that wait for their turn; what is more is refused.',
  ),
  SUBGRAPH_DEDUPLICATION: truth()
    .default(defaultResilience.deduplication)
    .describe('Whether equal queries to a subgraph that come at the same time are sent once.'),
  CLIENT_DEDUPLICATION: truth()
    .default(true)
    .describe('Whether equal queries of clients that come at the same time are executed once.'),
  DEDUPLICATION_IGNORES: list()
    .transform((names) => names.map((name) => name.toLowerCase()))
    .default([...REQUEST_IDS])
    .describe('Headers that may differ among queries that are equal, separated by commas.'),
});

const bounded = (name: keyof typeof BOUNDS) => {
  const [least, most] = BOUNDS[name];
  return z.int().min(least).max(most).optional();
};

/** What may be told of one subgraph, where it differs from the others. */
export const subgraphResilience = z.strictObject({
  timeoutMs: bounded('timeoutMs'),
  retries: bounded('retries'),
  retryPercent: bounded('retryPercent'),
  retriesPerSecond: bounded('retriesPerSecond'),
  circuitBreaker: z.boolean().optional(),
  failureRateThreshold: bounded('failureRateThreshold'),
  waitDurationInOpenStateMs: bounded('waitDurationInOpenStateMs'),
  maxConcurrent: bounded('maxConcurrent'),
  maxWaiting: bounded('maxWaiting'),
  deduplication: z.boolean().optional(),
});

/** The options of a router that these settings stand for, and what is told of single subgraphs. */
export const resilienceOf = (
  settings: z.output<typeof resilienceSettings>,
  subgraphs: ResilienceOptions['subgraphs'] = {},
): ResilienceOptions => ({
  all: {
    timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    retries: settings.SUBGRAPH_RETRIES,
    retryPercent: settings.SUBGRAPH_RETRY_PERCENT,
    retriesPerSecond: settings.SUBGRAPH_RETRIES_PER_SECOND,
    circuitBreaker: settings.SUBGRAPH_CIRCUIT_BREAKER,
    failureRateThreshold: settings.SUBGRAPH_FAILURE_RATE_THRESHOLD,
    waitDurationInOpenStateMs: settings.SUBGRAPH_WAIT_DURATION_IN_OPEN_STATE_MS,
    maxConcurrent: settings.SUBGRAPH_MAX_CONCURRENT,
    maxWaiting: settings.SUBGRAPH_MAX_WAITING,
    deduplication: settings.SUBGRAPH_DEDUPLICATION,
  },
  subgraphs,
  clientDeduplication: settings.CLIENT_DEDUPLICATION,
  deduplicationIgnores: settings.DEDUPLICATION_IGNORES,
});
