import {
  Kind,
  parse,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PlanPath, PlanStep, Rewrite, SubgraphOperation } from './plan.ts';

/** What fetches tell of the objects at a place: their fields by name, and what is told of those. */
export class ToldFields {
  private readonly fields = new Map<string, ToldFields>();

  get(name: string): ToldFields | undefined {
    return this.fields.get(name);
  }

  field(name: string): ToldFields {
    let field = this.fields.get(name);
    if (!field) this.fields.set(name, (field = new ToldFields()));
    return field;
  }

  at(path: PlanPath): ToldFields {
    return fieldsOf(path).reduce<ToldFields>((at, name) => at.field(name), this);
  }

  /** Adds what a fetch asks for: all of it, or what is in one field of its root. */
  add({ operation }: SubgraphOperation, rewrites: readonly Rewrite[], only?: string): this {
    const { definitions } = parse(operation, { noLocation: true });
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const one of definitions) {
      if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
    }
    const root = definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    const collecting = { fragments, rewrites };
    if (only === undefined && root) this.collect(root.selectionSet, collecting);
    for (const selection of root?.selectionSet.selections ?? []) {
      if (only === undefined || selection.kind !== Kind.FIELD) continue;
      const isMeant = (selection.alias ?? selection.name).value === only;
      if (isMeant && selection.selectionSet) this.collect(selection.selectionSet, collecting);
    }
    return this;
  }

  private collect({ selections }: SelectionSetNode, collecting: Collecting): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = collecting.fragments.get(selection.name.value);
        if (fragment) this.collect(fragment.selectionSet, collecting);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.collect(selection.selectionSet, collecting);
      } else {
        const name = (selection.alias ?? selection.name).value;
        for (const told of [name, ...renamed(name, collecting.rewrites)]) {
          const field = this.field(told);
          if (selection.selectionSet) field.collect(selection.selectionSet, collecting);
        }
      }
    }
  }
}

interface Collecting {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly rewrites: readonly Rewrite[];
}

function renamed(name: string, rewrites: readonly Rewrite[]): string[] {
  return rewrites.flatMap((one) => (one.kind === 'Rename' && one.field === name ? [one.to] : []));
}

/** The fields on a path, without lists and conditions. */
export const fieldsOf = (path: PlanPath): readonly string[] => path.filter(isField);

export const isField = (step: PlanStep): step is string => typeof step === 'string' && step !== '@';
