import {
  executeSync,
  getOperationRootType,
  Kind,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import type { Variables } from './conditions.ts';

/** Answers the `__schema` and `__type` fields of an operation, by response name. */
export type Introspect = (variables: Variables) => Readonly<Record<string, unknown>>;

const NOTHING: Introspect = () => ({});

/** Compiles the introspection of an operation; it is executed on the API schema alone. */
export function compileIntrospection(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Introspect {
  if (!asksForSchema(document)) return NOTHING;
  const rootName = getOperationRootType(schema, operation).name;
  const introspection: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: document.definitions.flatMap((definition): DefinitionNode[] => {
      if (definition === operation) return [onlyIntrospection(operation)];
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) return [];
      const isOfRoot = definition.typeCondition.name.value === rootName;
      return [isOfRoot ? onlyIntrospection(definition) : definition];
    }),
  };
  return (variableValues) =>
    executeSync({ schema, document: introspection, rootValue: {}, variableValues }).data ?? {};
}

export function isIntrospection(field: FieldNode): boolean {
  return field.name.value === '__schema' || field.name.value === '__type';
}

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      found ||= isIntrospection(node);
    },
  });
  return found;
}

/** Leaves the root's own fields out; those of introspection stay with all that is in them. */
function onlyIntrospection<T extends { selectionSet: { selections: readonly SelectionNode[] } }>(
  node: T,
): T {
  const selections = node.selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return [onlyIntrospection(selection)];
    return selection.name.value.startsWith('__') ? [selection] : [];
  });
  return { ...node, selectionSet: { ...node.selectionSet, selections } };
}
