import {
  getNamedType,
  isAbstractType,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLSchema,
  type SelectionSetNode,
  type SelectionNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { DeferNode, Plan, PlanNode, SubgraphOperation, SubscriptionNode } from './plan.ts';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The plan with the `__typename` of all that subgraphs hold as an interface or union. Asking the planner for it
 * instead would change what it plans: it then looks for the type behind interface objects, which nobody may need.
 */
export function typedPlan(supergraph: Supergraph, { node }: Plan): Plan {
  return { node: node && (node.kind === 'Subscription' ? typedRoot(node) : typedPart(node)) };

  function typedRoot({ primary, rest, ...node }: SubscriptionNode): SubscriptionNode {
    return { ...node, primary: typedFetch(primary), rest: rest && typedNode(rest) };
  }

  function typedPart(node: PlanNode | DeferNode): PlanNode | DeferNode {
    if (node.kind !== 'Defer') return typedNode(node);
    const primary = node.primary && typedNode(node.primary);
    const deferred = node.deferred.map((part) => {
      return { ...part, node: part.node && typedPart(part.node) };
    });
    return { kind: 'Defer', primary, deferred };
  }

  function typedNode(node: PlanNode): PlanNode {
    switch (node.kind) {
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(typedNode) };
      case 'Flatten':
        return { ...node, node: typedNode(node.node) };
      case 'Condition':
        return {
          ...node,
          ifTrue: node.ifTrue && typedNode(node.ifTrue),
          ifFalse: node.ifFalse && typedNode(node.ifFalse),
        };
      case 'RootFetch':
      case 'EntityFetch':
        return typedFetch(node);
    }
  }

  function typedFetch<T extends SubgraphOperation>(fetch: T): T {
    const operation = typedText(supergraph, fetch);
    return operation === fetch.operation ? fetch : { ...fetch, operation };
  }
}

function typedText(supergraph: Supergraph, { subgraph, operation }: SubgraphOperation): string {
  const { fullSchema, interfaceObjects } = supergraph;
  const document = parse(operation, { noLocation: true });
  const known = withoutInterfaceNames(
    document,
    (type) => !!interfaceObjects.get(type)?.has(subgraph),
  );
  const typed = withTypenames(fullSchema, known, ({ name }) => interfaceObjects.has(name));
  return typed === document ? operation : stripIgnoredCharacters(print(typed));
}

/**
 * Entities have told their type before. Where a subgraph has them as an interface object, it would tell the name of the
 * interface, which must not take the place of what is known.
 */
function withoutInterfaceNames(
  document: DocumentNode,
  isObject: (type: string) => boolean,
): DocumentNode {
  return visit(document, {
    // What lies deeper, or in fragments that may be used there, is no entity that was asked for by its type.
    FragmentDefinition: () => false,
    Field: (node) => (node.name.value === '_entities' ? undefined : false),
    InlineFragment(node) {
      if (!node.typeCondition || !isObject(node.typeCondition.name.value)) return undefined;
      const selections = node.selectionSet.selections.filter((one) => !isPlainTypename(one));
      if (selections.length === 0) return undefined;
      return { ...node, selectionSet: { ...node.selectionSet, selections } };
    },
  });
}

/** Whether nobody needs to know of which type an object is, of which this is asked. */
export type IsUntyped = (type: GraphQLAbstractType, selections: SelectionSetNode) => boolean;

/** A document that asks for the `__typename` of all other interfaces and unions; the same one when it does. */
export function withTypenames(
  schema: GraphQLSchema,
  document: DocumentNode,
  isUntyped: IsUntyped,
): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave(node) {
          const { selectionSet } = node;
          const type = getNamedType(typeInfo.getType());
          if (!selectionSet || !isAbstractType(type)) return undefined;
          if (isUntyped(type, selectionSet)) return undefined;
          if (selectionSet.selections.some(isPlainTypename)) return undefined;
          const selections = [TYPENAME, ...selectionSet.selections];
          return { ...node, selectionSet: { ...selectionSet, selections } };
        },
      },
    }),
  );
}

function isPlainTypename(selection: SelectionNode): boolean {
  if (selection.kind !== Kind.FIELD || selection.alias) return false;
  return selection.name.value === '__typename' && !selection.directives?.length;
}
