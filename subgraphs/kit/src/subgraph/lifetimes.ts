import {
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';

/**
 * For how many seconds everybody may be told the same, by `Query.field`, by the type of an entity, and by `Type.field` for
 * what is good for less. What begins with anything else is told anew each time.
 */
export type Lifetimes = Readonly<Record<string, number>>;

/** The `Cache-Control` of the answers to a document; undefined where they may not be kept. */
export function cacheControlOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  lifetimes: Lifetimes,
): string | undefined {
  const found = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    if (definition.operation !== OperationTypeNode.QUERY) return [0];
    return definition.selectionSet.selections.flatMap((root) => lifetimesOf(root, lifetimes));
  });
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const own = lifetimes[`${types.getParentType()?.name}.${name.value}`];
        if (own !== undefined) found.push(own);
      },
    }),
  );
  const seconds = Math.min(...found);
  return seconds > 0 && Number.isFinite(seconds) ? `public, max-age=${seconds}` : undefined;
}

/** Of a root field, or of each type of entities that are asked for. */
function lifetimesOf(root: SelectionNode, lifetimes: Lifetimes): readonly number[] {
  if (root.kind !== Kind.FIELD) return [0];
  const { name, selectionSet } = root;
  if (name.value === '__typename') return [];
  if (name.value !== '_entities') return [lifetimes[`Query.${name.value}`] ?? 0];
  return (selectionSet?.selections ?? []).map((selection) => {
    const type = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition : undefined;
    return (type && lifetimes[type.name.value]) ?? 0;
  });
}
