import {
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * What of a document without conditions subgraphs have to tell: without `__schema` and `__type`, which the router answers itself,
 * and with `__typename` by no other name, since that is where objects tell their type. Undefined when nothing is left.
 */
export function fetchedDocument(
  document: DocumentNode,
  operationName: string | undefined,
): DocumentNode | undefined {
  let isEmpty = false;
  const fetched = visit(document, {
    OperationDefinition: {
      leave(node) {
        if (isNamed(node, operationName)) isEmpty = node.selectionSet.selections.every(isTypename);
      },
    },
    SelectionSet(node) {
      const kept = node.selections.filter((selection) => !isOfSchema(selection));
      // A selection set cannot be empty, and whether the object is there still has to be known.
      return { ...node, selections: kept.length > 0 ? kept : [TYPENAME] };
    },
    Field(node) {
      return node.alias && isTypename(node) ? { ...node, alias: undefined } : undefined;
    },
  });
  return isEmpty ? undefined : fetched;
}

function isNamed({ name }: OperationDefinitionNode, operationName: string | undefined): boolean {
  return !operationName || name?.value === operationName;
}

function isTypename(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename';
}

function isOfSchema(selection: SelectionNode): boolean {
  if (selection.kind !== Kind.FIELD) return false;
  return selection.name.value === '__schema' || selection.name.value === '__type';
}
