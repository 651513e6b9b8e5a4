import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { fromApollo } from './apollo-plan.ts';
import { NO_LABELS, type OverrideLabels } from './overrides.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';

/**
 * Apollo's planner compares the costs of all plans there are, ten thousand unless told otherwise: for a few hundred characters
 * that took four seconds, in which nobody else was answered. What it leaves out is what looks worst at each step.
 */
export const FEW_PLANS = { maxEvaluatedPlans: 100 };

/** Plans with Apollo's query planner. */
export class ApolloPlanner implements Planner {
  private readonly planner: QueryPlanner;

  constructor(
    private readonly supergraph: Supergraph,
    { defers = false }: { readonly defers?: boolean } = {},
  ) {
    this.planner = new QueryPlanner(supergraph.federation, {
      incrementalDelivery: { enableDefer: defers },
      debug: FEW_PLANS,
    });
  }

  plan(document: DocumentNode, operationName: string | undefined, labels = NO_LABELS): Plan {
    const operation = operationFromDocument(this.supergraph.federation.apiSchema(), document, {
      operationName,
      validate: false,
    });
    return fromApollo(this.planner.buildQueryPlan(operation, overrideConditions(labels)));
  }
}

/** The labels that are on, as Apollo's planner is told of them; it takes all others for off. */
export const overrideConditions = ({ on }: OverrideLabels) => ({
  overrideConditions: new Map([...on].map((label) => [label, true])),
});
