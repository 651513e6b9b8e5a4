import { readEnvironment } from '@crema/config';
import { defaultResilience } from '../../src/resilience/resilience.ts';
import {
  resilienceOf,
  resilienceSettings,
  subgraphResilience,
} from '../../src/resilience/resilience-settings.ts';

const told = (env: Record<string, string>) =>
  resilienceOf(readEnvironment(resilienceSettings, env));

it('is the default where nothing is told', () => {
  expect(told({}).all).toEqual(defaultResilience);
});

it('reads what is told, header names in any letters', () => {
  const { all, clientDeduplication, deduplicationIgnores } = told({
    SUBGRAPH_TIMEOUT_MS: '500',
    SUBGRAPH_DEDUPLICATION: 'false',
    CLIENT_DEDUPLICATION: 'false',
    DEDUPLICATION_IGNORES: 'X-Request-Id, User-Agent',
  });

  expect(all).toEqual({ ...defaultResilience, timeoutMs: 500, deduplication: false });
  expect(clientDeduplication).toBe(false);
  expect(deduplicationIgnores).toEqual(['x-request-id', 'user-agent']);
});

it('knows one key for one subgraph for each of those for all', () => {
  const keys = Object.keys(subgraphResilience.shape);
  const names = Object.keys(defaultResilience);

  expect(keys.sort()).toEqual(names.sort());
});

it('refuses what is out of bounds or misspelt for one subgraph', () => {
  expect(subgraphResilience.safeParse({ timeoutMs: 500 }).success).toBe(true);
  expect(subgraphResilience.safeParse({ timeoutMs: 0 }).success).toBe(false);
  expect(subgraphResilience.safeParse({ timeout: 500 }).success).toBe(false);
});
