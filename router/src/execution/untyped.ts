import { isAbstractType, Kind, type GraphQLInterfaceType, type NamedTypeNode } from 'graphql';
import type { Collecting, Selections } from './collect-fields.ts';

/**
 * Whether what is asked of an interface is the same for all of its objects, so that nobody has to know their types.
 * Subgraphs that hold an interface object cannot tell them.
 */
export function asksNoType(
  { schema, fragments }: Collecting,
  type: GraphQLInterfaceType,
  sources: readonly Selections[],
): boolean {
  const visited = new Set<string>();

  const holdsForAll = (condition: NamedTypeNode | undefined): boolean => {
    if (!condition || condition.name.value === type.name) return true;
    const wider = schema.getType(condition.name.value);
    return isAbstractType(wider) && schema.isSubType(wider, type);
  };
  const asksNone = ({ selections }: Selections['set']): boolean =>
    selections.every((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return selection.name.value !== '__typename';
        case Kind.INLINE_FRAGMENT:
          return holdsForAll(selection.typeCondition) && asksNone(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value);
          if (!fragment || visited.has(selection.name.value)) return true;
          visited.add(selection.name.value);
          return holdsForAll(fragment.typeCondition) && asksNone(fragment.selectionSet);
        }
      }
    });
  return sources.every(({ set }) => asksNone(set));
}
