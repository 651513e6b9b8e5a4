import type { Executor } from '../execution/executor.ts';
import { PlanExecutor } from '../execution/plan-executor.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { Planner } from './planner.ts';
import { loadPlanner, type PlannersOptions } from './planners.ts';

/** What carries operations out: our compiled plans, or the executor of ApolloGateway. */
export const ENGINES = ['crema', 'gateway'] as const;
export type EngineName = (typeof ENGINES)[number];

/** Makes what plans and executes the operations of a supergraph. */
export type CreateEngine = (
  supergraph: Supergraph,
  transports: ReadonlyMap<string, SubgraphTransport>,
) => { readonly planner: Planner; readonly executor: Executor };

/** Loads the engine of that name; ApolloGateway is loaded where it is used only, and plans what it executes by itself. */
export async function loadEngine(
  engine: EngineName,
  options: PlannersOptions,
): Promise<CreateEngine> {
  const createPlanner = await loadPlanner(options);
  if (engine === 'crema') {
    return (supergraph, transports) => ({
      planner: createPlanner(supergraph),
      executor: new PlanExecutor(supergraph, transports),
    });
  }
  const { GatewayEngine } = await import('../gateway/gateway-engine.ts');
  return (supergraph, transports) => {
    const gateway = new GatewayEngine(supergraph, transports, createPlanner(supergraph));
    return {
      planner: gateway,
      executor: new PlanExecutor(supergraph, transports, (planned) => gateway.fetching(planned)),
    };
  };
}
