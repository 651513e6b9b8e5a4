import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { fromApollo } from './apollo-plan.ts';
import { NO_LABELS, type OverrideLabels } from './overrides.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';

/** Plans with Apollo's query planner. */
export class ApolloPlanner implements Planner {
  private readonly planner: QueryPlanner;

  constructor(
    private readonly supergraph: Supergraph,
    { defers = false }: { readonly defers?: boolean } = {},
  ) {
    this.planner = new QueryPlanner(supergraph.federation, {
      incrementalDelivery: { enableDefer: defers },
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
