import {
  getOperationRootType,
  type DocumentNode,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { collectFields, fragmentsOf } from '../execution/collect-fields.ts';
import type { Variables } from '../execution/conditions.ts';
import type { ExecutableOperation, Executor } from '../execution/executor.ts';
import { refusal } from '../execution/output.ts';
import { compileCost } from '../protection/cost/operation-cost.ts';
import { requirementsOf, withoutWithheld, type Withheld } from '../protection/authorization.ts';
import type { Caller } from '../protection/caller.ts';
import type { OperationSize } from '../protection/limits/operation-size.ts';
import { satisfies, type Requirement } from '../protection/requirement.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { fetchedDocument } from './fetched-document.ts';
import { NO_LABELS, type OverrideLabels, type Overrides } from './overrides.ts';
import type { Planner } from './planner.ts';
import { conditionVariables, withConditionsSettled } from './settled-conditions.ts';

/** Requests differ by what is withheld and what is skipped; this many kinds are kept for one operation. */
const MAX_VARIANTS = 32;

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

/** A kind of requests for an operation: what they have rights to, and which of its conditions hold. */
export interface Variant {
  readonly credentials: ReadonlySet<string>;
  readonly conditions: Variables;
}

interface CompiledVariant extends Variant {
  readonly executable: ExecutableOperation;
}

/** One valid operation, planned and compiled once for each set of fields that are withheld or skipped and of labels that are on. */
export class Operation {
  private readonly requirements: readonly Requirement[];
  private readonly conditions: readonly string[];
  /** The estimated cost of the operation with these variables. */
  readonly cost: (variables: Variables) => number;
  private readonly variants = new LRUCache<string, CompiledVariant>({ max: MAX_VARIANTS });

  constructor(
    private readonly compilation: Compilation,
    private readonly document: DocumentNode,
    readonly node: OperationDefinitionNode,
    readonly size: OperationSize,
  ) {
    const { supergraph, listSize } = compilation;
    this.requirements = requirementsOf(supergraph, document);
    this.conditions = conditionVariables(document);
    const around = { schema: supergraph.apiSchema, rules: supergraph.costs, listSize };
    this.cost = compileCost(around, document, node);
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
    const missing = this.requirements.map((needed) => !satisfies(credentials, needed));
    const settled = this.conditions.map((name) => variables[name] === true);
    const key = [...missing, ...settled].map(Number).join('') + labels.key;
    let variant = this.variants.get(key);
    if (!variant) {
      const executable = this.compile(this.withheldFrom({ credentials }), variables, labels);
      const conditions = Object.fromEntries(this.conditions.map((name) => [name, variables[name]]));
      variant = { credentials, conditions, executable };
      this.variants.set(key, variant);
    }
    return variant.executable;
  }

  /** Plans and compiles it beforehand for such requests, whichever labels chance may turn on for them. */
  expect({ credentials, conditions }: Variant): void {
    for (const labels of this.compilation.overrides.likely) {
      this.for({ credentials }, conditions, labels);
    }
  }

  /** What was compiled, in no order. */
  get variantsInUse(): readonly Variant[] {
    return [...this.variants.values()].map(({ credentials, conditions }) => {
      return { credentials, conditions };
    });
  }

  /** What it may be compiled for before anybody has asked: visitors and who may see all of it, conditions on and off. */
  get likelyVariants(): readonly Variant[] {
    const all = this.requirements.flatMap((alternatives) => alternatives.flat());
    const callers = all.length > 0 ? [new Set<string>(), new Set(all)] : [new Set<string>()];
    const settings = this.conditions.length > 0 ? [true, false] : [true];
    return callers.flatMap((credentials) =>
      settings.map((isOn) => ({
        credentials,
        conditions: Object.fromEntries(this.conditions.map((name) => [name, isOn])),
      })),
    );
  }

  /** The root fields that would be null for this caller, as errors. */
  refusedRoots(caller: Caller, variables: Variables): GraphQLFormattedError[] {
    const { apiSchema: schema, rules } = this.compilation.supergraph;
    const withheld = this.withheldFrom(caller);
    if (withheld.size === 0) return [];
    const root = getOperationRootType(schema, this.node);
    const fragments = fragmentsOf(this.document);
    const selections = [{ set: this.node.selectionSet, conditions: [] }];
    return collectFields({ schema, fragments }, root, selections)
      .filter(({ include }) => !include || include(variables))
      .filter(({ node }) => {
        const requirement = rules.ofField(root.name, node.name.value);
        return requirement && withheld.has(requirement);
      })
      .map(({ node, responseName }) => ({
        ...refusal(`${root.name}.${node.name.value}`, caller.claims === null),
        path: [responseName],
      }));
  }

  private withheldFrom({ credentials }: Pick<Caller, 'credentials'>): Withheld {
    return new Set(this.requirements.filter((requirement) => !satisfies(credentials, requirement)));
  }

  private compile(
    withheld: Withheld,
    variables: Variables,
    labels: OverrideLabels,
  ): ExecutableOperation {
    const { supergraph, planner, executor } = this.compilation;
    const asked = withConditionsSettled(this.document, variables);
    const allowed = withoutWithheld(supergraph, asked, withheld);
    const name = this.node.name?.value;
    const fetched = fetchedDocument(allowed, name);
    const plan = fetched ? planner.plan(fetched, name, labels) : {};
    return executor.compile({
      document: this.document,
      operation: this.node,
      withheld,
      fetched,
      plan,
    });
  }
}
