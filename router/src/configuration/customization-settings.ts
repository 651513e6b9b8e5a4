import { structured } from '@crema/config';
import { z } from 'zod';
import { headerRules } from '../rules/header-rules.ts';

/** What a router does to requests that pass, beside serving them. */
export const customizationSettings = z.object({
  HEADERS: structured(headerRules)
    .optional()
    .describe('Rules for headers, as JSON; headers of router.yaml says the same more readably.'),
  HOOKS: z
    .string()
    .meta({ isPath: true })
    .optional()
    .describe('A module whose exports onRequest, onPlan, onSubgraphRequest, onResponse are hooks.'),
});
