import type { EngineName, RouterOptions } from '../../src/index.ts';
import { PLANNERS, type PlannerName } from '../../src/planning/planners.ts';

/** What a router is built with so that it plans with this planner and with no other. */
export interface PlannedBy {
  readonly name: PlannerName | 'gateway';
  readonly options: Pick<RouterOptions, 'planner' | 'engine' | 'logger'>;
  /** Operations or supergraphs that were left to the other planner. */
  readonly left: string[];
}

/** Every planner once, for `describe.each`. */
export const planners: readonly PlannedBy[] = PLANNERS.map((name) => plannedBy(name));

/** ApolloGateway's executor, which plans by itself; subscriptions are planned by Apollo's planner, too. */
export const gateway: PlannedBy = { ...plannedBy('apollo', 'gateway'), name: 'gateway' };

function plannedBy(name: PlannerName, engine?: EngineName): PlannedBy {
  const left: string[] = [];
  const ignore = (): void => {};
  const warn = (_fields: object, message: string): void => {
    if (message.includes("Apollo's plans")) left.push(message);
  };
  const logger = { debug: ignore, info: ignore, warn, error: ignore };
  return { name, options: { planner: name, engine, logger }, left };
}
