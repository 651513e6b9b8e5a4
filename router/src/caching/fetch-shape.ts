import {
  isCompositeType,
  getNamedType,
  isObjectType,
  isInterfaceType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** The objects at one place of an answer: of which types they may be, and what is selected of them. */
export interface FetchShape {
  /** The types of the place in the schema: several where fragments differ, none where the supergraph does not know it. */
  readonly types: readonly string[];
  /** The response name of each field that was asked for without arguments, by the field's own name. */
  readonly plain: ReadonlyMap<string, string>;
  /** What holds further objects, by response name. */
  readonly inner: ReadonlyMap<string, FetchShape>;
}

/** A selection set, and the type of the objects that it selects from. */
type Selected = readonly [type: GraphQLNamedType | undefined, set: SelectionSetNode];

/** What is selected of the objects at one place, fragments taken together. */
interface Collected {
  /** Of each response name the field, or null where it is not the same everywhere. */
  readonly names: Map<string, string | null>;
  readonly inner: Map<string, Selected[]>;
}

/** Finds out what a selection leads to; the names of all types on the way are added to `types`. */
export class FetchShapes {
  readonly types = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** The shape of objects of which all this is selected. */
  of(selected: readonly Selected[]): FetchShape {
    const collected: Collected = { names: new Map(), inner: new Map() };
    const types = new Set<string>();
    for (const [type, set] of selected) {
      if (type) types.add(type.name);
      this.collect([type, set], collected);
    }
    for (const name of types) this.types.add(name);
    const plain = [...collected.names].flatMap(([responseName, field]) =>
      field === null ? [] : [[field, responseName] as const],
    );
    const inner = [...collected.inner].map(([name, sets]) => [name, this.of(sets)] as const);
    return { types: [...types], plain: new Map(plain), inner: new Map(inner) };
  }

  private collect([parent, { selections }]: Selected, collected: Collected): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        collectField(parent, selection, collected);
        continue;
      }
      const isInline = selection.kind === Kind.INLINE_FRAGMENT;
      const fragment = isInline ? selection : this.fragments.get(selection.name.value);
      if (!fragment) continue;
      const { typeCondition: condition, selectionSet } = fragment;
      if (condition) this.types.add(condition.name.value);
      const type = condition ? this.schema.getType(condition.name.value) : parent;
      this.collect([type, selectionSet], collected);
    }
  }
}

function collectField(
  parent: GraphQLNamedType | undefined,
  { name, alias, arguments: args = [], selectionSet }: FieldNode,
  { names, inner }: Collected,
): void {
  const responseName = (alias ?? name).value;
  const isPlain = args.length === 0;
  const known = names.has(responseName) ? names.get(responseName) : name.value;
  names.set(responseName, isPlain && known === name.value ? name.value : null);
  if (!selectionSet) return;
  const selected: Selected = [fieldType(parent, name.value), selectionSet];
  inner.set(responseName, [...(inner.get(responseName) ?? []), selected]);
}

function fieldType(
  parent: GraphQLNamedType | undefined,
  field: string,
): GraphQLNamedType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const type = parent.getFields()[field]?.type;
  const named = type && getNamedType(type);
  return isCompositeType(named) ? named : undefined;
}
