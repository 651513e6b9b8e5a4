import type * as hive from '@graphql-hive/router-query-planner';
import { print, type DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { forgetsTypes } from './forgotten-types.ts';
import { fromHive } from './hive-plan.ts';
import { NO_LABELS } from './overrides.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';
import { hasUnmetRequirements } from './unmet-requirements.ts';

/** The package with the native planner. */
export interface HivePackage {
  readonly QueryPlanner: new (supergraphSdl: string) => NativePlanner;
}

type NativePlanner = Pick<hive.QueryPlanner, 'plan'>;

/** Plans with Hive's native planner. Throws when it cannot read the supergraph, or has no whole plan for an operation. */
export class HivePlanner implements Planner {
  private readonly planner: NativePlanner;

  constructor(
    { QueryPlanner }: HivePackage,
    private readonly supergraph: Supergraph,
  ) {
    this.planner = new QueryPlanner(supergraph.sdl);
  }

  plan(document: DocumentNode, operationName: string | undefined, labels = NO_LABELS): Plan {
    const { on, draw = 100 } = labels;
    const text = print(document);
    const plan = fromHive(this.planner.plan(text, operationName, new Set(on), draw));
    if (forgetsTypes(this.supergraph, document, operationName, plan)) {
      throw new Error('The plan leaves out some types of an interface object');
    }
    if (this.supergraph.interfaceObjects.size > 0 && hasUnmetRequirements(plan)) {
      throw new Error('The plan asks for entities by fields that it does not ask for');
    }
    return plan;
  }
}
