import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { fromApollo } from './apollo-plan.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';

/** Plans with Apollo's query planner. */
export class ApolloPlanner implements Planner {
  private readonly planner: QueryPlanner;

  constructor(private readonly supergraph: Supergraph) {
    this.planner = new QueryPlanner(supergraph.federation);
  }

  plan(document: DocumentNode, operationName: string | undefined): Plan {
    const operation = operationFromDocument(this.supergraph.federation.apiSchema(), document, {
      operationName,
      validate: false,
    });
    return fromApollo(this.planner.buildQueryPlan(operation));
  }
}
