import type * as hive from '@graphql-hive/router-query-planner';
import { print, type DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { forgetsTypes } from './forgotten-types.ts';
import { fromHive } from './hive-plan.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';

/** The package with the native planner. */
export type HivePackage = Pick<typeof hive, 'QueryPlanner'>;

/** No label of a progressive `@override` is on, and no percentage includes any request. */
const NO_LABELS = new Set<string>();
const OUTSIDE_ALL_PERCENTAGES = 100;

/** Plans with Hive's native planner. Throws when it cannot read the supergraph, or has no whole plan for an operation. */
export class HivePlanner implements Planner {
  private readonly planner: hive.QueryPlanner;

  constructor(
    { QueryPlanner }: HivePackage,
    private readonly supergraph: Supergraph,
  ) {
    this.planner = new QueryPlanner(supergraph.sdl);
  }

  plan(document: DocumentNode, operationName: string | undefined): Plan {
    const text = print(document);
    const plan = fromHive(
      this.planner.plan(text, operationName, NO_LABELS, OUTSIDE_ALL_PERCENTAGES),
    );
    if (forgetsTypes(this.supergraph, document, operationName, plan)) {
      throw new Error('The plan leaves out some types of an interface object');
    }
    return plan;
  }
}
