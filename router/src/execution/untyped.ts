import { isAbstractType, Kind, type GraphQLInterfaceType, type NamedTypeNode } from 'graphql';
import type { Collecting, Selections } from './collect-fields.ts';
import { conditionsOf, type Condition, type Include } from './conditions.ts';

/**
 * Whether what is asked of an interface is the same for all of its objects, so that nobody has to know their types.
 * Subgraphs that hold an interface object cannot tell them.
 */
export function asksNoType(
  { schema, fragments }: Collecting,
  type: GraphQLInterfaceType,
  sources: readonly Selections[],
): Include {
  const typed: (readonly Condition[])[] = [];
  const visited = new Set<string>();

  const holdsForAll = (condition: NamedTypeNode | undefined): boolean => {
    if (!condition || condition.name.value === type.name) return true;
    const wider = schema.getType(condition.name.value);
    return isAbstractType(wider) && schema.isSubType(wider, type);
  };
  const look = ({ set, conditions }: Selections): void => {
    for (const selection of set.selections) {
      const own = conditionsOf(selection);
      if (own === 'never') continue;
      const all = [...conditions, ...own];
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === '__typename') typed.push(all);
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const fragment = isSpread ? fragments.get(selection.name.value) : selection;
      const key = isSpread && JSON.stringify([selection.name.value, all]);
      if (!fragment || (key && visited.has(key))) continue;
      if (key) visited.add(key);
      if (holdsForAll(fragment.typeCondition)) {
        look({ set: fragment.selectionSet, conditions: all });
      } else typed.push(all);
    }
  };
  sources.forEach(look);
  return (variables) =>
    !typed.some((conditions) =>
      conditions.every(({ variable, value }) => variables[variable] === value),
    );
}
