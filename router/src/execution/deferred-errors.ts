import {
  Kind,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type SelectionSetNode,
} from 'graphql';
import { deferLabelOf } from './deferral.ts';
import type { ResponsePath } from './place.ts';

/** A part of an answer: the label of a deferred fragment; undefined is what is told first. */
export type PartLabel = string | undefined;

interface Kept {
  readonly error: GraphQLFormattedError;
  readonly labels: readonly PartLabel[];
  isTold: boolean;
}

/**
 * Tells errors with the part of an answer that asks for what they are about. A fetch may bring what is told first together
 * with what is told later.
 */
export class DeferredErrors {
  private readonly kept: Kept[] = [];
  private readonly told = new Set<PartLabel>();

  constructor(
    private readonly selections: SelectionSetNode,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** Those to tell with a part, of what went wrong in its own fetches and before; the others are kept for their parts. */
  take(label: PartLabel, errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
    this.told.add(label);
    const before = this.kept.filter(({ labels }) => labels.includes(label));
    for (const one of before) one.isTold = true;
    const own = errors.filter((error) => {
      const asking = this.partsThatAsk(error.path);
      const labels = asking.filter((one) => !this.told.has(one));
      if (asking.includes(label) || labels.length === 0) return true;
      this.kept.push({ error, labels, isTold: false });
      return false;
    });
    return [...before.map(({ error }) => error), ...own];
  }

  /** Those kept for parts that nobody will be told, because nothing is left for later around them. */
  takeLost(isAwaited: (path: ResponsePath) => boolean): GraphQLFormattedError[] {
    const lost = this.kept.filter(({ error, isTold }) => !isTold && !isAwaited(error.path ?? []));
    for (const one of lost) one.isTold = true;
    return lost.map(({ error }) => error);
  }

  /** The parts that ask for what is at a path of the answer. */
  private partsThatAsk(path: ResponsePath = []): PartLabel[] {
    const { fragments } = this;
    const fields = path.filter((step) => typeof step === 'string');
    const found = new Set<PartLabel>();
    look(this.selections, 0, undefined);
    return [...found];

    function look(set: SelectionSetNode | undefined, depth: number, label: PartLabel): void {
      if (!set || depth === fields.length) {
        found.add(label);
        return;
      }
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value;
          if (name === fields[depth]) look(selection.selectionSet, depth + 1, label);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          look(selection.selectionSet, depth, deferLabelOf(selection) ?? label);
        } else {
          const fragment = fragments.get(selection.name.value);
          if (fragment) look(fragment.selectionSet, depth, label);
        }
      }
    }
  }
}
