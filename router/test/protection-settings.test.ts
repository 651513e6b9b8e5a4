import { ConfigError } from '@crema/config';
import { readConfig } from '../src/config.ts';
import { defaultLimits } from '../src/protection/limits/limits.ts';
import { protectionOf } from '../src/protection/protection-settings.ts';
import { defaultRates } from '../src/protection/rates/rate-limits.ts';

const read = (env: Record<string, string> = {}) =>
  readConfig([], { SUPERGRAPH: 'supergraph.graphql', ...env });

function problems(env: Record<string, string>): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
  }
  return [];
}

it('protects by default as much as a router that is told nothing', () => {
  expect(protectionOf(read(), true)).toEqual({
    limits: defaultLimits,
    rates: defaultRates,
    requestTimeoutMs: 60_000,
    automaticPersistedQueries: true,
    safelist: 'off',
  });
});

it('lets who develops ask as often as they like', () => {
  expect(protectionOf(read(), false).rates).toEqual({ perAddress: undefined, perUser: undefined });
});

it.each([
  ['600/1m', { count: 600, periodMs: 60_000 }],
  ['50/2s', { count: 50, periodMs: 2_000 }],
  ['1000/1h', { count: 1_000, periodMs: 3_600_000 }],
  ['off', undefined],
])('reads a rate of %s', (text, limit) => {
  for (const isProduction of [true, false]) {
    expect(protectionOf(read({ RATE_PER_USER: text }), isProduction).rates.perUser).toEqual(limit);
  }
});

it.each([
  [{ RATE_PER_USER: '600' }, /RATE_PER_USER.*must be a count and a period/],
  [{ RATE_PER_ADDRESS: '0/1m' }, /RATE_PER_ADDRESS.*must be a count and a period/],
  [{ RATE_PER_USER: '5/1s' }, /RATE_PER_USER.*must have a count of at least MAX_ROOT_FIELDS/],
  [{ SAFELIST: 'enforce' }, /PERSISTED_OPERATIONS.*must be set with SAFELIST/],
  [{ SAFELIST: 'on' }, /SAFELIST.*must be off, report or enforce/],
  [{ MAX_DEPTH: 'deep' }, /MAX_DEPTH.*must be a whole number/],
  [{ CACHE_URL: 'memcached://a' }, /CACHE_URL.*must be memory: or redis/],
])('refuses %j by its name', (env, problem) => {
  expect(problems(env).join('\n')).toMatch(problem);
});
