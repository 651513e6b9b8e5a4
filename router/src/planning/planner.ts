import type { DocumentNode } from 'graphql';
import type { Plan } from './plan.ts';

/** Turns one valid operation of the API schema into fetches from subgraphs. */
export interface Planner {
  /** `document` holds the operation to plan and the fragments it uses. */
  plan(document: DocumentNode, operationName: string | undefined): Plan;
}
