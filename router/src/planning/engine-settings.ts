import { list, oneOf } from '@crema/config';
import { z } from 'zod';
import { ENGINES } from './engines.ts';
import { PLANNERS } from './planners.ts';

/** Who plans and who carries out, for every process that hosts a router. */
export const engineSettings = z.object({
  PLANNER: oneOf(...PLANNERS)
    .default('hive')
    .describe(
      'Who plans operations: hive (native code) or apollo, which also takes over from hive.',
    ),
  OVERRIDE_LABELS: list()
    .default([])
    .describe(
      'Labels of progressive overrides that are on, separated by commas; percentages need none.',
    ),
  ENGINE: oneOf(...ENGINES)
    .default('crema')
    .describe("Who carries operations out: crema (compiled plans) or gateway, Apollo's executor."),
});
