import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

/** Turns one valid operation of the API schema into fetches from subgraphs. */
export interface Planner {
  /** `document` holds the operation to plan and the fragments it uses. */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan;
}
