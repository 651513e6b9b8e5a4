import {
  isAbstractType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type NamedTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { deferLabelOf } from './deferral.ts';
import { conditionsOf, includeWhen, type Condition, type Include } from './conditions.ts';

/** A selection set and what must hold for it to count. */
export interface Selections {
  readonly set: SelectionSetNode;
  readonly conditions: readonly Condition[];
}

/** One field of an answer's object: all selections of the same response name taken together. */
export interface CollectedField {
  readonly responseName: string;
  readonly node: FieldNode;
  readonly include: Include | undefined;
  readonly children: readonly Selections[];
}

export interface Collecting {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Takes the deferred fragments that apply, whose fields then do not count; without it they do. */
  readonly deferred?: DeferredSelections[] | undefined;
}

/** What is told later of an object. */
export interface DeferredSelections extends Selections {
  readonly label: string;
}

interface Occurrence {
  readonly node: FieldNode;
  readonly conditions: readonly Condition[];
}

/** The fragments of a document, by name. */
export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
}

/** A type with fields: of an interface count those that are asked of all its objects. */
export type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

/** The fields that selection sets ask of an object of one type, in the order of the operation. */
export function collectFields(
  { schema, fragments, deferred }: Collecting,
  type: FieldsType,
  sources: readonly Selections[],
): CollectedField[] {
  const occurrences = new Map<string, Occurrence[]>();
  const visited = new Set<string>();

  const collect = ({ set, conditions }: Selections): void => {
    for (const selection of set.selections) {
      const own = conditionsOf(selection);
      if (own === 'never') continue;
      const all = own.length > 0 ? [...conditions, ...own] : conditions;
      switch (selection.kind) {
        case Kind.FIELD: {
          const name = (selection.alias ?? selection.name).value;
          const known = occurrences.get(name);
          if (known) known.push({ node: selection, conditions: all });
          else occurrences.set(name, [{ node: selection, conditions: all }]);
          break;
        }
        case Kind.INLINE_FRAGMENT: {
          if (!applies(schema, selection.typeCondition, type)) break;
          const selected = { set: selection.selectionSet, conditions: all };
          const label = deferred && deferLabelOf(selection);
          if (label === undefined) collect(selected);
          else deferred?.push({ ...selected, label });
          break;
        }
        case Kind.FRAGMENT_SPREAD: {
          // Spreading the same fragment twice adds nothing, and many spreads of spreads explode.
          const key = JSON.stringify([selection.name.value, all]);
          const fragment = fragments.get(selection.name.value);
          if (visited.has(key) || !fragment) break;
          visited.add(key);
          if (applies(schema, fragment.typeCondition, type)) {
            collect({ set: fragment.selectionSet, conditions: all });
          }
          break;
        }
      }
    }
  };
  sources.forEach(collect);
  return [...occurrences].map(([responseName, found]) => toField(responseName, found));
}

function toField(responseName: string, found: readonly Occurrence[]): CollectedField {
  const [first] = found;
  if (!first) throw new Error('A collected field occurs at least once');
  const include = includeWhen(found.map((occurrence) => occurrence.conditions));
  const children = found.flatMap(({ node, conditions }) =>
    // What holds for the one occurrence of a field holds for everything in it.
    node.selectionSet
      ? [{ set: node.selectionSet, conditions: found.length > 1 ? conditions : [] }]
      : [],
  );
  return { responseName, node: first.node, include, children };
}

function applies(
  schema: GraphQLSchema,
  condition: NamedTypeNode | undefined,
  type: FieldsType,
): boolean {
  if (!condition || condition.name.value === type.name) return true;
  const conditionType = schema.getType(condition.name.value);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}
