/** How an operation is answered by fetches from subgraphs, whichever planner thought it out. */
export interface Plan {
  /** Absent when nothing has to be fetched. */
  readonly node?: PlanNode | SubscriptionNode | DeferNode | undefined;
}

export type PlanNode =
  SequenceNode | ParallelNode | FlattenNode | ConditionNode | RootFetch | EntityFetch;

export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

/** Works on the objects at a path beneath those of the node around it. */
export interface FlattenNode {
  readonly kind: 'Flatten';
  readonly path: PlanPath;
  readonly node: PlanNode;
}

export interface ConditionNode {
  readonly kind: 'Condition';
  /** The name of a boolean variable. */
  readonly variable: string;
  readonly ifTrue: PlanNode | undefined;
  readonly ifFalse: PlanNode | undefined;
}

/** Only at the root of a plan: `rest` is done for each event of `primary`. */
export interface SubscriptionNode {
  readonly kind: 'Subscription';
  readonly primary: RootFetch;
  readonly rest: PlanNode | undefined;
}

/** Only at the root of a plan, and of a part of one: what is told first, and what is told later. */
export interface DeferNode {
  readonly kind: 'Defer';
  /** Absent when nothing has to be fetched for what is told first. */
  readonly primary: PlanNode | undefined;
  readonly deferred: readonly DeferredNode[];
}

/** The part of a plan for one deferred fragment. Its paths begin at the root of the answer. */
export interface DeferredNode {
  /** The label of the fragment in the document that was planned. */
  readonly label: string;
  /** The fetches that it builds on, by their ids; with none it waits for all that is told before it. */
  readonly depends: readonly string[];
  /** Absent when all of it is fetched before. */
  readonly node: PlanNode | DeferNode | undefined;
}

/** What a subgraph is asked. */
export interface SubgraphOperation {
  /** By what deferred parts of the plan know the fetch, where they build on it. */
  readonly id?: string | undefined;
  readonly subgraph: string;
  readonly operation: string;
  readonly operationName: string | undefined;
  /** The client's variables that the operation uses. */
  readonly variables: readonly string[];
}

/** Asks for root fields. */
export interface RootFetch extends SubgraphOperation {
  readonly kind: 'RootFetch';
  readonly outputRewrites: readonly Rewrite[];
}

/** Asks for fields of entities that are known by what other fetches told of them. */
export interface EntityFetch extends SubgraphOperation {
  readonly kind: 'EntityFetch';
  readonly batches: readonly EntityBatch[];
  /** Variables of the operation that take their value from around an entity. */
  readonly contextArguments: readonly ContextArgument[];
}

/** The entities that one `_entities` field of an operation asks for. */
export interface EntityBatch {
  /** The response name of the `_entities` field. */
  readonly responseName: string;
  /** The variable that holds the representations. */
  readonly variable: string;
  /** Where the entities are, beneath the objects that the fetch works on. */
  readonly paths: readonly PlanPath[];
  readonly requires: readonly Requirement[];
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** A part of a representation. */
export type Requirement = RequiredField | RequiredFragment;

export interface RequiredField {
  readonly kind: 'Field';
  /** By which name the answer holds it. */
  readonly name: string;
  /** By which name the representation has to hold it. */
  readonly as: string;
  readonly selections: readonly Requirement[] | undefined;
}

/** Counts for objects of the type, and only when all of it is known. */
export interface RequiredFragment {
  readonly kind: 'Fragment';
  readonly type: string | undefined;
  readonly selections: readonly Requirement[];
}

/** Changes a field of the objects at a path: gives it a value, or another name. */
export type Rewrite =
  | { readonly at: PlanPath; readonly field: string; readonly kind: 'Set'; readonly value: unknown }
  | { readonly at: PlanPath; readonly field: string; readonly kind: 'Rename'; readonly to: string };

export interface ContextArgument {
  /** From the entity; `..` leads to the object around. */
  readonly path: PlanPath;
  readonly variable: string;
}

/** Goes on only with objects of these types; they may be abstract. */
export interface OnTypes {
  readonly types: readonly string[];
}

/** A field, `@` for every item of a list, or a condition on the type. */
export type PlanStep = string | OnTypes;
export type PlanPath = readonly PlanStep[];
