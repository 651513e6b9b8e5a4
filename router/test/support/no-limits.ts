import { defaultLimits, type Limits } from '../../src/protection/limits/limits.ts';

/** For operations that nobody wrote: they may be as large as chance makes them. */
export const noLimits: Limits = {
  ...defaultLimits,
  maxTokens: Infinity,
  maxDepth: Infinity,
  maxFields: Infinity,
  maxAliases: Infinity,
  maxDirectives: Infinity,
  maxRootFields: Infinity,
  maxCost: Infinity,
};
