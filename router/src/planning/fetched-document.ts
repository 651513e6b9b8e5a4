import {
  getNamedType,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * What of a document subgraphs have to tell: without `__schema` and `__type`, which the router answers itself,
 * and with the `__typename` of all that may be of several types. Undefined when nothing is left.
 */
export function fetchedDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): DocumentNode | undefined {
  let isEmpty = false;
  const typeInfo = new TypeInfo(schema);
  const fetched = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      OperationDefinition: {
        leave(node) {
          const isOther = operationName && node.name?.value !== operationName;
          if (!isOther) isEmpty = node.selectionSet.selections.every(isTypename);
        },
      },
      SelectionSet(node) {
        const kept = node.selections.filter((selection) => !isOfSchema(selection));
        if (kept.length === node.selections.length) return undefined;
        return { ...node, selections: kept.length > 0 ? kept : [TYPENAME] };
      },
      Field: {
        leave(node) {
          const { selectionSet } = node;
          const type = typeInfo.getType();
          if (!selectionSet || !type || !isAbstractType(getNamedType(type))) return undefined;
          if (selectionSet.selections.some(isPlainTypename)) return undefined;
          const selections = [TYPENAME, ...selectionSet.selections];
          return { ...node, selectionSet: { ...selectionSet, selections } };
        },
      },
    }),
  );
  return isEmpty ? undefined : fetched;
}

function isTypename(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename';
}

function isPlainTypename(selection: SelectionNode): boolean {
  if (selection.kind !== Kind.FIELD || selection.alias || selection.directives?.length)
    return false;
  return selection.name.value === '__typename';
}

function isOfSchema(selection: SelectionNode): boolean {
  if (selection.kind !== Kind.FIELD) return false;
  return selection.name.value === '__schema' || selection.name.value === '__type';
}
