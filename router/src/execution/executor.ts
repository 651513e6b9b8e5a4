import type { OperationDefinitionNode, DocumentNode } from 'graphql';
import type { Plan } from '../planning/plan.ts';
import type { Withheld } from '../protection/authorization.ts';
import type { ResponseNames } from './response-names.ts';
import type { Answer, AnswerPart, ExecutionRequest } from './run.ts';
import type { ExecutableSubscription } from './subscription.ts';

/** An operation to execute for callers from whom the same things are withheld. */
export interface PlannedOperation {
  /**
   * What the client asks for, without conditions and by the names that fields are fetched by: the answer has this shape,
   * withheld fields being null.
   */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly responseNames: ResponseNames;
  readonly withheld: Withheld;
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

/** A query whose deferred fragments are inline and have a label each. */
export interface PlannedDeferral extends PlannedOperation {
  /** What the client calls the fragments, by these labels. */
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
}

/** A query that was compiled to be answered in parts. */
export interface ExecutableDeferral {
  /**
   * Runs it and tells each part of the answer as soon as it can be told. Failures of subgraphs are in the parts. Resolves when
   * all fetches have ended, which may be some time after the last part.
   */
  execute(request: ExecutionRequest, tell: (part: AnswerPart) => void): Promise<void>;
}

/** Executes plans. */
export interface Executor {
  compile(operation: PlannedOperation): ExecutableOperation;
  /** Whether it can answer in parts. */
  readonly defers: boolean;
  compileDeferral(operation: PlannedDeferral): ExecutableDeferral;
}
