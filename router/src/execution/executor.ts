import type { OperationDefinitionNode, DocumentNode } from 'graphql';
import type { Plan } from '../planning/plan.ts';
import type { Withheld } from '../protection/authorization.ts';
import type { Answer, ExecutionRequest } from './run.ts';
import type { ExecutableSubscription } from './subscription.ts';

/** An operation to execute for callers from whom the same things are withheld. */
export interface PlannedOperation {
  /** What the client sent: the answer has this shape, withheld fields being null. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly withheld: Withheld;
  /** What subgraphs have to tell of it: without what is withheld or skipped. Undefined when that is nothing. */
  readonly fetched?: DocumentNode | undefined;
  /** The plan of the operation without what is withheld. */
  readonly plan: Plan;
}

/** An operation that was compiled, to be run any number of times. */
export interface ExecutableOperation {
  /** Runs a query or mutation. Failures of subgraphs are in the answer; it does not reject. */
  execute(request: ExecutionRequest): Promise<Answer>;
  /** What a subscription lives on; undefined for what is none. */
  readonly subscription: ExecutableSubscription | undefined;
}

/** Executes plans. */
export interface Executor {
  compile(operation: PlannedOperation): ExecutableOperation;
}
