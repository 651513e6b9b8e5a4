import {
  Kind,
  print,
  visit,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../execution/collect-fields.ts';
import { ResponseNames } from '../execution/response-names.ts';

/**
 * Names for the fields of an operation by which planners cannot mistake one for another. Two things mislead them: a
 * name that means different fields in objects of different types at one place, and a name by which subgraphs need
 * another field, of a key or of what a field requires. Hive's planner ends the process over some of them.
 */
export class FetchedNames {
  /** By `keyOf` of the fields. */
  private readonly names = new Map<string, string>();
  private readonly taken: Set<string>;

  /** `fetched` is what of the document is asked of subgraphs, `needed` are the fields that they need of each other. */
  constructor(document: DocumentNode, fetched: DocumentNode, needed: ReadonlySet<string>) {
    const fields = fieldsOf(fetched).filter((field) => !isMeta(field));
    this.taken = new Set([...needed, ...fieldsOf(document).map(responseNameOf)]);
    const ambiguous = ambiguousNames(fetched, fields);
    for (const field of fields) {
      const name = responseNameOf(field);
      if (!ambiguous.has(name) && !takesPlaceOf(field, needed)) continue;
      const known = this.names.get(keyOf(field));
      if (known === undefined) this.names.set(keyOf(field), this.newName(name));
    }
  }

  /** What clients call what is fetched by these names. */
  get responseNames(): ResponseNames {
    if (this.names.size === 0) return ResponseNames.NONE;
    const names = [...this.names].map(
      ([key, name]) => [name, key.slice(0, key.indexOf(':'))] as const,
    );
    return new ResponseNames(new Map(names));
  }

  /** A document that asks for the same by these names. */
  in<Node extends ASTNode>(node: Node): Node {
    if (this.names.size === 0) return node;
    return visit(node, {
      FragmentDefinition: (fragment) => (isOfIntrospection(fragment) ? false : undefined),
      Field: (field) => {
        if (isMeta(field)) return false;
        const value = this.names.get(keyOf(field));
        if (value === undefined) return undefined;
        return { ...field, alias: { kind: Kind.NAME, value } };
      },
    });
  }

  private newName(name: string): string {
    // Names that begin with two underscores are not ours to give.
    const stem = name.replace(/^__+/, '_');
    let number = 1;
    while (this.taken.has(`${stem}_${number}`)) number += 1;
    this.taken.add(`${stem}_${number}`);
    return `${stem}_${number}`;
  }
}

/** Whether a field would stand where another one is looked for. */
function takesPlaceOf(field: FieldNode, needed: ReadonlySet<string>): boolean {
  const name = responseNameOf(field);
  if (name.startsWith('__')) return true;
  const isAnother = name !== field.name.value || !!field.arguments?.length;
  return isAnother && needed.has(name);
}

/** The names that mean different fields at one place of the answer. */
function ambiguousNames(document: DocumentNode, fields: readonly FieldNode[]): Set<string> {
  const ambiguous = new Set<string>();
  const meanings = new Set(fields.map(keyOf));
  if (meanings.size === new Set(fields.map(responseNameOf)).size) return ambiguous;

  const fragments = fragmentsOf(document);
  const numbers = new Map<SelectionSetNode, number>();
  const seen = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) look([definition.selectionSet]);
  }
  return ambiguous;

  function look(sets: readonly SelectionSetNode[]): void {
    // Fragments that spread fragments are few, and the places where they come to stand may be very many.
    const key = sets.map((set) => numberOf(set)).join();
    if (seen.has(key)) return;
    seen.add(key);
    const places = new Map<string, { readonly first: string; readonly sets: SelectionSetNode[] }>();
    for (const field of fieldsAt(sets, fragments)) {
      const name = responseNameOf(field);
      const place = places.get(name) ?? { first: keyOf(field), sets: [] };
      places.set(name, place);
      if (place.first !== keyOf(field)) ambiguous.add(name);
      if (field.selectionSet) place.sets.push(field.selectionSet);
    }
    for (const place of places.values()) look(place.sets);
  }

  function numberOf(set: SelectionSetNode): number {
    const number = numbers.get(set) ?? numbers.size;
    numbers.set(set, number);
    return number;
  }
}

/** The fields of objects that are asked for all of this, whichever types they are of. */
function fieldsAt(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode[] {
  const found = new Set<FieldNode>();
  const visited = new Set<SelectionSetNode>();
  const collect = (set: SelectionSetNode | undefined): void => {
    if (!set || visited.has(set)) return;
    visited.add(set);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        collect(fragments.get(selection.name.value)?.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!isMeta(selection)) found.add(selection);
    }
  };
  sets.forEach(collect);
  return [...found];
}

/** All fields of a document but for those that introspection is told by. */
function fieldsOf(document: DocumentNode): FieldNode[] {
  const found: FieldNode[] = [];
  visit(document, {
    FragmentDefinition: (fragment) => (isOfIntrospection(fragment) ? false : undefined),
    Field(field) {
      found.push(field);
      return isMeta(field) ? false : undefined;
    },
  });
  return found;
}

const isMeta = ({ name }: FieldNode): boolean => name.value.startsWith('__');

const isOfIntrospection = ({ typeCondition }: FragmentDefinitionNode): boolean =>
  typeCondition.name.value.startsWith('__');

const responseNameOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The same for fields that are the same to whoever is asked, in whatever order their arguments are. */
function keyOf(field: FieldNode): string {
  const given = field.arguments?.map((argument) => print(argument)).sort() ?? [];
  return `${responseNameOf(field)}:${field.name.value}(${given.join()})`;
}
