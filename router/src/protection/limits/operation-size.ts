import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../../execution/collect-fields.ts';

/** How large an operation is, each fragment counted wherever it is spread. */
export interface OperationSize {
  /** Fields within fields: `{ a { b } }` has 2. */
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields of the outermost selection set, those of fragments in it included. */
  readonly rootFields: number;
}

const NOTHING: OperationSize = { depth: 0, fields: 0, aliases: 0, directives: 0, rootFields: 0 };

/**
 * Measures all that a document holds in one walk; of several operations and fragments the largest counts. A fragment
 * is measured once, however often it is spread, so spreads of spreads cost nothing and still count for what they are.
 * The document need not be valid: a fragment that spreads itself counts as nothing there, for validation to find.
 */
export function sizeOf(document: DocumentNode): OperationSize {
  const walk = new Walk(fragmentsOf(document));
  return document.definitions
    .map((definition): OperationSize => {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        // Its root fields are an operation's only where it is spread as such.
        return { ...walk.fragment(definition.name.value), rootFields: 0 };
      }
      if (definition.kind !== Kind.OPERATION_DEFINITION) return NOTHING;
      const size = walk.selectionSet(definition.selectionSet);
      return { ...size, directives: size.directives + (definition.directives?.length ?? 0) };
    })
    .reduce((one, other) => ({
      depth: Math.max(one.depth, other.depth),
      fields: Math.max(one.fields, other.fields),
      aliases: Math.max(one.aliases, other.aliases),
      directives: Math.max(one.directives, other.directives),
      rootFields: Math.max(one.rootFields, other.rootFields),
    }));
}

class Walk {
  private readonly measured = new Map<string, OperationSize>();

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  selectionSet(set: SelectionSetNode | undefined): OperationSize {
    return (set?.selections ?? [])
      .map((selection) => this.selection(selection))
      .reduce(add, NOTHING);
  }

  fragment(name: string): OperationSize {
    const known = this.measured.get(name);
    if (known) return known;
    this.measured.set(name, NOTHING);
    const size = this.selectionSet(this.fragments.get(name)?.selectionSet);
    this.measured.set(name, size);
    return size;
  }

  private selection(selection: SelectionNode): OperationSize {
    const own = selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      const { depth, fields, aliases, directives } = this.selectionSet(selection.selectionSet);
      return {
        depth: depth + 1,
        fields: fields + 1,
        aliases: aliases + (selection.alias ? 1 : 0),
        directives: directives + own,
        rootFields: 1,
      };
    }
    const inside =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? this.fragment(selection.name.value)
        : this.selectionSet(selection.selectionSet);
    return { ...inside, directives: inside.directives + own };
  }
}

const add = (one: OperationSize, other: OperationSize): OperationSize => ({
  depth: Math.max(one.depth, other.depth),
  fields: one.fields + other.fields,
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  rootFields: one.rootFields + other.rootFields,
});
