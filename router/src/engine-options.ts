import type { Customization } from './hooks/customization.ts';
import type { CallerHeader } from './protection/caller-header.ts';
import type { Limits } from './protection/limits/limits.ts';
import type { PersistedOperations } from './protection/persisted/persisted-operations.ts';
import type { RateLimits } from './protection/rates/rate-limits.ts';
import type { TimeLimit } from './protection/time-limit.ts';
import type { SharedAnswers } from './resilience/shared-answers.ts';
import type { Sources } from './subscriptions/sources.ts';
import type { Logger } from './system/logger.ts';

/** What an engine is made of. */
export interface EngineOptions {
  readonly log: Logger;
  readonly callerHeader: CallerHeader | undefined;
  readonly suggestions: boolean;
  readonly limits: Limits;
  readonly rates: RateLimits;
  readonly persisted: PersistedOperations;
  readonly timeLimit: TimeLimit;
  readonly customization: Customization;
  /** Joins equal queries; without it each is executed by itself. */
  readonly sharedAnswers?: SharedAnswers | undefined;
  readonly sources: Sources;
  /** How much of what a client does not take in time is kept for it. */
  readonly maxBufferedBytes: number;
  /** Whether answers tell what they were estimated to cost. */
  readonly tellsCost: boolean;
  /** Whether answers tell what came from the cache of subgraphs' answers. */
  readonly tellsCache: boolean;
}
