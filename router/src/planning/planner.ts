import type { DocumentNode } from 'graphql';
import type { OverrideLabels } from './overrides.ts';
import type { Plan } from './plan.ts';

/** Turns one valid operation of the API schema into fetches from subgraphs. */
export interface Planner {
  /**
   * `document` holds the operation to plan and the fragments it uses. It has neither introspection nor
   * conditions; a `@defer` has a label and no condition. No label is on unless told. Throws when there is no way to what is asked for.
   */
  plan(document: DocumentNode, operationName: string | undefined, labels?: OverrideLabels): Plan;
}
