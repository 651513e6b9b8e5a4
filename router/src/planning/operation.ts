import {
  getOperationAST,
  getOperationRootType,
  type DocumentNode,
  type GraphQLFormattedError,
  OperationTypeNode,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, fragmentsOf } from '../execution/collect-fields.ts';
import type { Variables } from '../execution/conditions.ts';
import type {
  ExecutableDeferral,
  ExecutableOperation,
  Executor,
  PlannedOperation,
} from '../execution/executor.ts';
import { refusal } from '../execution/output.ts';
import { ResponseNames } from '../execution/response-names.ts';
import { compileCost } from '../protection/cost/operation-cost.ts';
import { requirementsOf, withoutWithheld, type Withheld } from '../protection/authorization.ts';
import type { Caller } from '../protection/caller.ts';
import type { OperationSize } from '../protection/limits/operation-size.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { compileVariables, type CoerceVariables } from './coerced-variables.ts';
import { fetchedDocument } from './fetched-document.ts';
import { FetchedNames } from './fetched-names.ts';
import { deferVariables, labelDefers } from './labelled-defers.ts';
import { NO_LABELS, type OverrideLabels, type Overrides } from './overrides.ts';
import type { Planner } from './planner.ts';
import { conditionVariables, withConditionsSettled } from './settled-conditions.ts';
import { Variants, type Variant } from './variants.ts';

/** The parts that turn an operation into something that runs. */
export interface Compilation {
  readonly supergraph: Supergraph;
  readonly planner: Planner;
  readonly executor: Executor;
  /** How long a list is taken to be when nothing says how long it is. */
  readonly listSize: number;
  /** What decides on the labels of progressive overrides. */
  readonly overrides: Overrides;
}

/** One valid operation, planned and compiled once for each set of fields that are withheld or skipped and of labels that are on. */
export class Operation {
  /** The estimated cost of the operation with these variables. */
  readonly cost: (variables: Variables) => number;
  readonly coerce: CoerceVariables;
  private readonly atOnce: Variants<ExecutableOperation>;
  private readonly inParts: Variants<ExecutableDeferral | undefined> | undefined;

  constructor(
    private readonly compilation: Compilation,
    private readonly document: DocumentNode,
    readonly node: OperationDefinitionNode,
    readonly size: OperationSize,
    /** The same document, with what clients ask to defer. */
    deferring: DocumentNode | undefined,
  ) {
    const { supergraph, listSize, executor } = compilation;
    const requirements = requirementsOf(supergraph, document);
    const conditions = conditionVariables(document);
    this.atOnce = new Variants(requirements, conditions, (...kind) => this.compile(...kind));
    if (deferring && executor.defers && this.kind === OperationTypeNode.QUERY) {
      const deciding = [...new Set([...conditions, ...deferVariables(deferring)])];
      this.inParts = new Variants(requirements, deciding, (...kind) =>
        this.compileDeferral(deferring, ...kind),
      );
    }
    const around = { schema: supergraph.apiSchema, rules: supergraph.costs, listSize };
    this.cost = compileCost(around, document, node);
    this.coerce = compileVariables(supergraph.apiSchema, node);
  }

  get kind(): OperationTypeNode {
    return this.node.operation;
  }

  /** The operation as this caller may run it, with what these variables include. */
  for(
    { credentials }: Pick<Caller, 'credentials'>,
    variables: Variables,
    labels = NO_LABELS,
  ): ExecutableOperation {
    return this.atOnce.for(credentials, variables, labels);
  }

  /** The same, to be answered in parts; undefined where nothing is deferred. */
  deferredFor(
    { credentials }: Pick<Caller, 'credentials'>,
    variables: Variables,
    labels = NO_LABELS,
  ): ExecutableDeferral | undefined {
    return this.inParts?.for(credentials, variables, labels);
  }

  /** Plans and compiles it beforehand for such requests, whichever labels chance may turn on for them. */
  expect({ credentials, conditions, inParts = false }: Variant): void {
    const variants = inParts ? this.inParts : this.atOnce;
    for (const labels of this.compilation.overrides.likely) {
      variants?.for(credentials, conditions, labels);
    }
  }

  /** What was compiled, in no order. */
  get variantsInUse(): readonly Variant[] {
    return [...this.atOnce.inUse, ...deferred(this.inParts?.inUse)];
  }

  /** What it may be compiled for before anybody has asked. */
  get likelyVariants(): readonly Variant[] {
    return [...this.atOnce.likely, ...deferred(this.inParts?.likely)];
  }

  /** The root fields that would be null for this caller, as errors. */
  refusedRoots(caller: Caller, variables: Variables): GraphQLFormattedError[] {
    const { apiSchema: schema, rules } = this.compilation.supergraph;
    const withheld = this.atOnce.withheldFrom(caller.credentials);
    if (withheld.size === 0) return [];
    const root = getOperationRootType(schema, this.node);
    const asked = withConditionsSettled(this.document, variables);
    const { selectionSet } = this.ownOf(asked);
    return collectFields({ schema, fragments: fragmentsOf(asked) }, root, [selectionSet])
      .filter(({ node }) => {
        const requirement = rules.ofField(root.name, node.name.value);
        return requirement && withheld.has(requirement);
      })
      .map(({ node, responseName }) => ({
        ...refusal(`${root.name}.${node.name.value}`, caller.claims === null),
        path: [responseName],
      }));
  }

  private compile(
    withheld: Withheld,
    variables: Variables,
    labels: OverrideLabels,
  ): ExecutableOperation {
    const planned = this.planned(this.document, withheld, variables, labels);
    return this.compilation.executor.compile(planned);
  }

  private compileDeferral(
    deferring: DocumentNode,
    withheld: Withheld,
    variables: Variables,
    labels: OverrideLabels,
  ): ExecutableDeferral | undefined {
    const operation = getOperationAST(deferring, this.node.name?.value);
    if (!operation) return undefined;
    const labelled = labelDefers(deferring, operation, variables);
    const { clientLabels } = labelled;
    if (clientLabels.size === 0) return undefined;
    const planned = this.planned(labelled.document, withheld, variables, labels);
    return this.compilation.executor.compileDeferral({ ...planned, clientLabels });
  }

  private planned(
    document: DocumentNode,
    withheld: Withheld,
    variables: Variables,
    labels: OverrideLabels,
  ): PlannedOperation {
    const { supergraph, planner } = this.compilation;
    const asked = withConditionsSettled(document, variables);
    const name = this.node.name?.value;
    const fetched = fetchedDocument(withoutWithheld(supergraph, asked, withheld), name);
    if (!fetched) {
      const { NONE: responseNames } = ResponseNames;
      return { document: asked, operation: this.ownOf(asked), responseNames, withheld, plan: {} };
    }
    const names = new FetchedNames(asked, fetched, supergraph.neededFields);
    const named = names.in(asked);
    const plan = planner.plan(names.in(fetched), name, labels);
    const { responseNames } = names;
    return { document: named, operation: this.ownOf(named), responseNames, withheld, plan };
  }

  /** This operation in another form of its document. */
  private ownOf(document: DocumentNode): OperationDefinitionNode {
    return getOperationAST(document, this.node.name?.value) ?? this.node;
  }
}

const deferred = (variants: readonly Variant[] = []): Variant[] =>
  variants.map((variant) => ({ ...variant, inParts: true }));
