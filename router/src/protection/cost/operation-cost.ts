import {
  getNamedType,
  getNullableType,
  getOperationRootType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../../execution/collect-fields.ts';
import { includeOf, type Variables } from '../../execution/conditions.ts';
import { argumentsCost } from './arguments-cost.ts';
import type { CostRules } from './cost-rules.ts';
import { atLeastZero, sum, times, valueOf, type Estimate } from './estimate.ts';
import { requestedSize } from './requested-size.ts';

const MUTATION_COST = 10;

/** What is known of the schema to estimate costs by. */
export interface CostSurroundings {
  readonly schema: GraphQLSchema;
  readonly rules: CostRules;
  /** How long a list is taken to be when nothing says how long it is. */
  readonly listSize: number;
}

/** The length that a field gave to lists among the fields of its value. */
interface Sized {
  readonly fields: ReadonlySet<string>;
  readonly size: Estimate;
}

/**
 * Compiles how much an operation will cost at most: one for each object, times the length of each list around it, and
 * ten for a mutation, unless `@cost` says otherwise. The fields of all type conditions count, and introspection costs
 * nothing. The result may throw a `RequestError`, when a list has not the one length that `@listSize` asks for.
 */
export function compileCost(
  around: CostSurroundings,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => number {
  const compiler = new CostCompiler(around, fragmentsOf(document));
  const root = getOperationRootType(around.schema, operation);
  const own = operation.operation === OperationTypeNode.MUTATION ? MUTATION_COST : 0;
  const cost = sum([own, compiler.selectionSet(root, operation.selectionSet, undefined)]);
  return (variables) => Math.min(valueOf(cost, variables), Number.MAX_SAFE_INTEGER);
}

class CostCompiler {
  constructor(
    private readonly around: CostSurroundings,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  selectionSet(
    type: GraphQLNamedType,
    set: SelectionSetNode | undefined,
    sized: Sized | undefined,
  ): Estimate {
    return sum((set?.selections ?? []).map((selection) => this.selection(type, selection, sized)));
  }

  private selection(
    parent: GraphQLNamedType,
    selection: SelectionNode,
    sized: Sized | undefined,
  ): Estimate {
    const include = includeOf(selection);
    if (include === 'never') return 0;
    const cost = this.unconditional(parent, selection, sized);
    if (!include || cost === 0) return cost;
    return (variables) => (include(variables) ? valueOf(cost, variables) : 0);
  }

  private unconditional(
    parent: GraphQLNamedType,
    selection: SelectionNode,
    sized: Sized | undefined,
  ): Estimate {
    if (selection.kind === Kind.FIELD) return this.field(parent, selection, sized);
    const inside =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? this.fragments.get(selection.name.value)
        : selection;
    const condition = inside?.typeCondition?.name.value;
    const type = condition === undefined ? parent : this.around.schema.getType(condition);
    return type ? this.selectionSet(type, inside?.selectionSet, sized) : 0;
  }

  private field(parent: GraphQLNamedType, node: FieldNode, sized: Sized | undefined): Estimate {
    const name = node.name.value;
    if (name.startsWith('__')) return 0;
    const definition = hasFields(parent) ? parent.getFields()[name] : undefined;
    if (!definition || !hasFields(parent)) return 0;

    const { rules, listSize } = this.around;
    const type = getNamedType(definition.type);
    const list = rules.listSize(parent, name);
    const path = `${parent.name}.${name}`;
    const asked = list && requestedSize(list, path, definition, node, listSize);
    const isHolder = list !== undefined && list.sizedFields.size > 0;
    const handedOn =
      isHolder && asked !== undefined ? { fields: list.sizedFields, size: asked } : undefined;

    const length = sized?.fields.has(name) ? sized.size : isHolder ? undefined : asked;
    const count = this.count(definition.type, length);
    const one = sum([
      rules.ofField(parent, name, type),
      this.selectionSet(type, node.selectionSet, handedOn),
    ]);
    return atLeastZero(sum([times(count, one), argumentsCost(rules, parent, definition, node)]));
  }

  /** How many values a field gives; a list in a list is as long as one of which nothing is known. */
  private count(type: GraphQLOutputType, size: Estimate | undefined): Estimate {
    const list = getNullableType(type);
    if (!isListType(list)) return 1;
    return times(this.count(list.ofType, undefined), size ?? this.around.listSize);
  }
}

type WithFields = Extract<GraphQLCompositeType, { getFields: unknown }>;

const hasFields = (type: GraphQLNamedType): type is WithFields =>
  isObjectType(type) || isInterfaceType(type);
