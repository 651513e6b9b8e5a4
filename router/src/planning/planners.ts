import { getOperationAST, type DocumentNode } from 'graphql';
import { collectFields, fragmentsOf } from '../execution/collect-fields.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { RequestError } from '../errors.ts';
import type { Logger } from '../system/logger.ts';
import { ApolloPlanner } from './apollo-planner.ts';
import { DeferringPlanner } from './deferring-planner.ts';
import { HivePlanner, type HivePackage } from './hive-planner.ts';
import { loadIsolated } from './isolated/isolated-planner.ts';
import type { OverrideLabels } from './overrides.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';
import { typedPlan } from './typed-plan.ts';

/** The planners there are: Hive's is native code, Apollo's is JavaScript. */
export const PLANNERS = ['hive', 'apollo'] as const;
export type PlannerName = (typeof PLANNERS)[number];

/** Makes the planner of a supergraph. */
export type CreatePlanner = (supergraph: Supergraph) => Planner;

/** Which planner is used, and what is told when it cannot be. */
export interface PlannersOptions {
  readonly planner: PlannerName;
  readonly log: Logger;
  /** Where the native planner comes from. Default: its package, in a process of its own; some platforms have no binary of it. */
  readonly loadHive?: () => Promise<HivePackage>;
}

/**
 * Loads the planner of that name, whose plans ask for the types of all that may be of several. Where Hive's
 * cannot be loaded, that is logged and Apollo's is used.
 */
export async function loadPlanner(options: PlannersOptions): Promise<CreatePlanner> {
  const create = await load(options);
  return (supergraph) => {
    const planner = new DeferringPlanner(supergraph, create(supergraph), options.log);
    return new TypedPlanner(supergraph, planner);
  };
}

/** Completes what a planner plans. */
class TypedPlanner implements Planner {
  constructor(
    private readonly supergraph: Supergraph,
    private readonly planner: Planner,
  ) {}

  plan(document: DocumentNode, operationName: string | undefined, labels?: OverrideLabels): Plan {
    const plan = this.planner.plan(document, operationName, labels);
    if (!plan.node && this.asksForData(document, operationName)) {
      throw new Error('No subgraph has a way to what is asked');
    }
    return typedPlan(this.supergraph, plan);
  }

  private asksForData(document: DocumentNode, operationName: string | undefined): boolean {
    const { apiSchema: schema } = this.supergraph;
    const operation = getOperationAST(document, operationName);
    const root = operation && schema.getRootType(operation.operation);
    if (!root) return false;
    const fragments = fragmentsOf(document);
    const fields = collectFields({ schema, fragments }, root, [operation.selectionSet]);
    return fields.some(({ node }) => node.name.value !== '__typename');
  }
}

async function load(options: PlannersOptions): Promise<CreatePlanner> {
  const { planner, log, loadHive = loadIsolated } = options;
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

  plan(document: DocumentNode, operationName: string | undefined, labels?: OverrideLabels): Plan {
    try {
      return this.first.plan(document, operationName, labels);
    } catch (reason) {
      // Apollo's would take longer still.
      if (reason instanceof RequestError) throw reason;
      const about = { err: reason, operationName };
      this.log.warn(about, "Hive's query planner has no whole plan: Apollo's plans");
      this.reserve ??= new ApolloPlanner(this.supergraph);
      return this.reserve.plan(document, operationName, labels);
    }
  }
}
