import type { DocumentNode } from 'graphql';
import { defers, withoutDefer } from '../execution/deferral.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Logger } from '../system/logger.ts';
import { ApolloPlanner } from './apollo-planner.ts';
import type { OverrideLabels } from './overrides.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';

/** Has operations that defer planned by Apollo's planner, since Hive's does not tell what may come later. */
export class DeferringPlanner implements Planner {
  /** Made when it is first needed, which for most supergraphs is never. */
  private deferring: Planner | undefined;

  constructor(
    private readonly supergraph: Supergraph,
    private readonly others: Planner,
    private readonly log: Logger,
  ) {}

  plan(document: DocumentNode, operationName: string | undefined, labels?: OverrideLabels): Plan {
    if (!defers(document)) return this.others.plan(document, operationName, labels);
    try {
      this.deferring ??= new ApolloPlanner(this.supergraph, { defers: true });
      return this.deferring.plan(document, operationName, labels);
    } catch (reason) {
      this.log.warn({ err: reason }, 'An operation cannot be fetched in parts: it is at once');
      return this.others.plan(withoutDefer(document), operationName, labels);
    }
  }
}
