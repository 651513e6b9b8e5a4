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

/** One field of an answer's object: all selections of the same response name taken together. */
export interface CollectedField {
  readonly responseName: string;
  /** The first of them. */
  readonly node: FieldNode;
  /** What is selected of its value. */
  readonly children: readonly SelectionSetNode[];
}

export interface Collecting {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Takes the deferred fragments that apply, whose fields then do not count; without it they do. */
  readonly deferred?: DeferredSelections[] | undefined;
}

/** What is told later of an object. */
export interface DeferredSelections {
  readonly label: string;
  readonly set: SelectionSetNode;
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

/** The fields that selection sets without conditions ask of an object of one type, in the order of the operation. */
export function collectFields(
  { schema, fragments, deferred }: Collecting,
  type: FieldsType,
  sources: readonly SelectionSetNode[],
): CollectedField[] {
  const occurrences = new Map<string, FieldNode[]>();
  const visited = new Set<string>();

  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD: {
          const name = (selection.alias ?? selection.name).value;
          const known = occurrences.get(name);
          if (known) known.push(selection);
          else occurrences.set(name, [selection]);
          break;
        }
        case Kind.INLINE_FRAGMENT: {
          if (!applies(schema, selection.typeCondition, type)) break;
          const { selectionSet: set } = selection;
          const label = deferred && deferLabelOf(selection);
          if (label === undefined) collect(set);
          else deferred?.push({ label, set });
          break;
        }
        case Kind.FRAGMENT_SPREAD: {
          // Spreading the same fragment twice adds nothing, and many spreads of spreads explode.
          const name = selection.name.value;
          const fragment = fragments.get(name);
          if (visited.has(name) || !fragment) break;
          visited.add(name);
          if (applies(schema, fragment.typeCondition, type)) collect(fragment.selectionSet);
          break;
        }
      }
    }
  };
  sources.forEach(collect);
  return [...occurrences].map(([responseName, nodes]) => toField(responseName, nodes));
}

function toField(responseName: string, nodes: readonly FieldNode[]): CollectedField {
  const [node] = nodes;
  if (!node) throw new Error('A collected field occurs at least once');
  return { responseName, node, children: nodes.flatMap(({ selectionSet }) => selectionSet ?? []) };
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
