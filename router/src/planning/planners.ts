import type { DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Logger } from '../system/logger.ts';
import { ApolloPlanner } from './apollo-planner.ts';
import { HivePlanner, type HivePackage } from './hive-planner.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';

/** The planners there are: Hive's is native code, Apollo's is JavaScript. */
export const PLANNERS = ['hive', 'apollo'] as const;
export type PlannerName = (typeof PLANNERS)[number];

/** Makes the planner of a supergraph. */
export type CreatePlanner = (supergraph: Supergraph) => Planner;

/** Which planner is used, and what is told when it cannot be. */
export interface PlannersOptions {
  readonly planner: PlannerName;
  readonly log: Logger;
  /** Where the native planner comes from. Default: its package, which some platforms have no binary of. */
  readonly loadHive?: () => Promise<HivePackage>;
}

/** Loads the planner of that name. Where Hive's cannot be loaded, that is logged and Apollo's is used. */
export async function loadPlanner(options: PlannersOptions): Promise<CreatePlanner> {
  const { planner, log, loadHive = () => import('@graphql-hive/router-query-planner') } = options;
  if (planner === 'apollo') return (supergraph) => new ApolloPlanner(supergraph);
  try {
    const native = await loadHive();
    return (supergraph) => hivePlanner(native, supergraph, log);
  } catch (reason) {
    log.warn({ err: reason }, "Hive's query planner is not here: Apollo's plans");
    return (supergraph) => new ApolloPlanner(supergraph);
  }
}

function hivePlanner(native: HivePackage, supergraph: Supergraph, log: Logger): Planner {
  if (supergraph.usesContext) {
    log.warn(
      {},
      "The supergraph uses @context, which Hive's query planner ignores: Apollo's plans",
    );
    return new ApolloPlanner(supergraph);
  }
  try {
    return new PlannerWithReserve(new HivePlanner(native, supergraph), supergraph, log);
  } catch (reason) {
    log.warn({ err: reason }, "Hive's query planner does not take the supergraph: Apollo's plans");
    return new ApolloPlanner(supergraph);
  }
}

/** What one planner finds no plan for, Apollo's may. */
class PlannerWithReserve implements Planner {
  private reserve: Planner | undefined;

  constructor(
    private readonly first: Planner,
    private readonly supergraph: Supergraph,
    private readonly log: Logger,
  ) {}

  plan(document: DocumentNode, operationName: string | undefined): Plan {
    try {
      return this.first.plan(document, operationName);
    } catch (reason) {
      this.log.warn({ err: reason }, "Hive's query planner found no plan: Apollo's plans");
      this.reserve ??= new ApolloPlanner(this.supergraph);
      return this.reserve.plan(document, operationName);
    }
  }
}
