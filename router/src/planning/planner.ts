import type { DocumentNode } from 'graphql';
import type { Plan } from './plan.ts';

/** Turns one valid operation of the API schema into fetches from subgraphs. */
export interface Planner {
  /**
   * `document` holds the operation to plan and the fragments it uses. It has neither introspection nor
   * conditions, and asks for the `__typename` of all that may be of several types.
   */
  plan(document: DocumentNode, operationName: string | undefined): Plan;
}
