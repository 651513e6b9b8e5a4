import {
  isAbstractType,
  Kind,
  type GraphQLInterfaceType,
  type NamedTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { Collecting } from './collect-fields.ts';

/**
 * Whether what is asked of an interface is the same for all of its objects, so that nobody has to know their types.
 * Subgraphs that hold an interface object cannot tell them.
 */
export function asksNoType(
  { schema, fragments }: Collecting,
  type: GraphQLInterfaceType,
  sources: readonly SelectionSetNode[],
): boolean {
  const visited = new Set<string>();
  return sources.every(holdsForAll);

  function holdsForAll({ selections }: SelectionSetNode): boolean {
    return selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value !== '__typename';
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return isWider(selection.typeCondition) && holdsForAll(selection.selectionSet);
      }
      const name = selection.name.value;
      const fragment = fragments.get(name);
      if (visited.has(name) || !fragment) return true;
      visited.add(name);
      return isWider(fragment.typeCondition) && holdsForAll(fragment.selectionSet);
    });
  }

  function isWider(condition: NamedTypeNode | undefined): boolean {
    if (!condition || condition.name.value === type.name) return true;
    const wider = schema.getType(condition.name.value);
    return isAbstractType(wider) && schema.isSubType(wider, type);
  }
}
