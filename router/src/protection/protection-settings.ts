import { oneOf, truth, wholeNumber } from '@crema/config';
import { z } from 'zod';
import { defaultLimits, type Limits } from './limits/limits.ts';
import type { Safelist } from './persisted/persisted-operations.ts';
import { parseRateLimit } from './rates/rate-limit.ts';
import { defaultRates, type Rates } from './rates/rate-limits.ts';

const rate = () =>
  z.string().refine((text) => text === 'off' || parseRateLimit(text) !== undefined, {
    error: 'must be a count and a period, such as 600/1m, 50/1s or 1000/1h, or off',
  });

/** What protects the router, each limit by a setting of its own. */
export const protectionSettings = z.object({
  MAX_TOKENS: wholeNumber(1, 1_000_000)
    .default(defaultLimits.maxTokens)
    .describe('Words and signs of a GraphQL document.'),
  MAX_DEPTH: wholeNumber(1, 1_000)
    .default(defaultLimits.maxDepth)
    .describe('Fields within fields.'),
  MAX_FIELDS: wholeNumber(1, 1_000_000)
    .default(defaultLimits.maxFields)
    .describe('Fields of an operation, those of fragments wherever they are spread.'),
  MAX_ALIASES: wholeNumber(0, 100_000)
    .default(defaultLimits.maxAliases)
    .describe('Aliases of an operation.'),
  MAX_DIRECTIVES: wholeNumber(0, 100_000)
    .default(defaultLimits.maxDirectives)
    .describe('Directives of an operation.'),
  MAX_ROOT_FIELDS: wholeNumber(1, 10_000)
    .default(defaultLimits.maxRootFields)
    .describe('Fields that an operation begins with.'),
  MAX_LIST_ITEMS: wholeNumber(1, 1_000_000)
    .default(defaultLimits.maxListItems)
    .describe('Items of a list in the variables.'),
  MAX_COST: wholeNumber(0, 1_000_000_000)
    .default(defaultLimits.maxCost)
    .describe('The cost of an operation, estimated by @cost and @listSize.'),
  ASSUMED_LIST_SIZE: wholeNumber(0, 100_000)
    .default(defaultLimits.listSize)
    .describe('How long a list is taken to be when nothing says how long it is.'),
  MAX_BATCH: wholeNumber(1, 1_000)
    .default(defaultLimits.maxBatch)
    .describe('Operations in one HTTP request; 1 refuses batches.'),
  RATE_PER_ADDRESS: rate()
    .optional()
    .describe(
      'How often may be asked from one address: a count and a period, or off. 3000/1m in production, else off.',
    ),
  RATE_PER_USER: rate()
    .optional()
    .describe(
      'How often may be asked with the tokens of one user: a count and a period, or off. 600/1m in production, else off.',
    ),
  REQUEST_TIMEOUT_MS: wholeNumber(1, 3_600_000)
    .default(60_000)
    .describe('How long a query or mutation may take until it is answered.'),
  APQ: truth()
    .default(true)
    .describe('Whether clients may register operations and send their SHA-256 from then on.'),
  PERSISTED_OPERATIONS: z
    .string()
    .meta({ isPath: true })
    .optional()
    .describe("The file of the clients' operations, a manifest as Apollo's tools write it."),
  SAFELIST: oneOf('off', 'report', 'enforce')
    .default('off')
    .describe('What happens to other operations: nothing, a line in the log, or a refusal.'),
});

type ProtectionSettings = z.output<typeof protectionSettings>;

/** What is wrong with settings that are right each by itself: the name of one, and what has to be. */
export function protectionProblems(
  settings: ProtectionSettings,
): [name: string, message: string][] {
  const problems: [string, string][] = [];
  if (settings.SAFELIST !== 'off' && settings.PERSISTED_OPERATIONS === undefined) {
    problems.push(['PERSISTED_OPERATIONS', 'must be set with SAFELIST']);
  }
  for (const name of ['RATE_PER_ADDRESS', 'RATE_PER_USER'] as const) {
    const limit = parseRateLimit(settings[name] ?? 'off');
    if (!limit || limit.count >= settings.MAX_ROOT_FIELDS) continue;
    // Each root field counts, so the largest operation would wait for ever.
    problems.push([name, 'must have a count of at least MAX_ROOT_FIELDS']);
  }
  return problems;
}

/** What protects a router, as `RouterOptions` has it. */
export interface Protection {
  readonly limits: Limits;
  readonly rates: Rates;
  readonly requestTimeoutMs: number;
  readonly automaticPersistedQueries: boolean;
  readonly safelist: Safelist;
}

/** The options of a router that these settings stand for, but for the manifest, which has to be read. */
export function protectionOf(settings: ProtectionSettings, isProduction: boolean): Protection {
  const { RATE_PER_ADDRESS: perAddress, RATE_PER_USER: perUser } = settings;
  // Who develops reloads, tries and measures from one address and as one user.
  const unlessTold = isProduction ? defaultRates : { perAddress: undefined, perUser: undefined };
  return {
    limits: {
      maxTokens: settings.MAX_TOKENS,
      maxDepth: settings.MAX_DEPTH,
      maxFields: settings.MAX_FIELDS,
      maxAliases: settings.MAX_ALIASES,
      maxDirectives: settings.MAX_DIRECTIVES,
      maxRootFields: settings.MAX_ROOT_FIELDS,
      maxListItems: settings.MAX_LIST_ITEMS,
      maxCost: settings.MAX_COST,
      listSize: settings.ASSUMED_LIST_SIZE,
      maxBatch: settings.MAX_BATCH,
    },
    rates: {
      perAddress: perAddress ? parseRateLimit(perAddress) : unlessTold.perAddress,
      perUser: perUser ? parseRateLimit(perUser) : unlessTold.perUser,
    },
    requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
    automaticPersistedQueries: settings.APQ,
    safelist: settings.SAFELIST,
  };
}
