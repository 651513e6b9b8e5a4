import {
  Kind,
  visit,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { fragmentsOf } from '../execution/collect-fields.ts';
import type { Variables } from '../execution/conditions.ts';
import { isDefer } from '../execution/deferral.ts';

/** An operation whose deferred fragments are all inline, with a label of its own for each. */
export interface LabelledDefers {
  readonly document: DocumentNode;
  /** What the client calls the fragments, by our labels. Empty when nothing is deferred with these variables. */
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
}

/**
 * So many fragments of an operation come later; what else it would defer comes with what is around it. Apollo's planner takes
 * longer with each, and with thirty of them it blocked the process for seconds.
 */
export const MAX_DEFERRED = 8;

/** The variables that decide what of a document is deferred. */
export function deferVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      const condition = isDefer(node) ? argumentOf(node, 'if') : undefined;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return [...names];
}

/**
 * Carries out the `if` of `@defer`, and labels what is deferred then: clients need not, and a fragment that they spread at two
 * places is two.
 */
export function labelDefers(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): LabelledDefers {
  const labelling = new Labelling(document, variables);
  const labelled = { ...operation, selectionSet: labelling.selectionSet(operation.selectionSet) };
  const definitions = document.definitions.flatMap((definition): DefinitionNode[] => {
    if (definition === operation) return [labelled];
    const isKept =
      definition.kind === Kind.FRAGMENT_DEFINITION && !labelling.isDeferring(definition);
    return isKept ? [definition] : [];
  });
  const { clientLabels } = labelling;
  return { document: { ...document, definitions }, clientLabels };
}

class Labelling {
  readonly clientLabels = new Map<string, string | undefined>();
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly known = new Map<FragmentDefinitionNode, boolean>();

  constructor(
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    this.fragments = fragmentsOf(document);
  }

  selectionSet(set: SelectionSetNode): SelectionSetNode {
    return { ...set, selections: set.selections.map((selection) => this.selection(selection)) };
  }

  /** Whether anything in a fragment is deferred, or in those that it spreads. */
  isDeferring(fragment: FragmentDefinitionNode): boolean {
    let isDeferring = this.known.get(fragment);
    if (isDeferring === undefined) {
      isDeferring = this.defersWithin(fragment.selectionSet);
      this.known.set(fragment, isDeferring);
    }
    return isDeferring;
  }

  private defersWithin({ selections }: SelectionSetNode): boolean {
    return selections.some((selection) => {
      if (selection.directives?.some(isDefer)) return true;
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        return !!selection.selectionSet && this.defersWithin(selection.selectionSet);
      }
      const fragment = this.fragments.get(selection.name.value);
      return !!fragment && this.isDeferring(fragment);
    });
  }

  private selection(node: SelectionNode): SelectionNode {
    switch (node.kind) {
      case Kind.FIELD: {
        const { selectionSet } = node;
        return selectionSet ? { ...node, selectionSet: this.selectionSet(selectionSet) } : node;
      }
      case Kind.INLINE_FRAGMENT:
        return this.fragment(node);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = this.fragments.get(node.name.value);
        if (!fragment) return node;
        if (!node.directives?.some(isDefer) && !this.isDeferring(fragment)) return node;
        const { typeCondition, selectionSet } = fragment;
        const { directives } = node;
        return this.fragment({
          kind: Kind.INLINE_FRAGMENT,
          typeCondition,
          directives,
          selectionSet,
        });
      }
    }
  }

  private fragment(node: InlineFragmentNode): InlineFragmentNode {
    const directives = node.directives?.flatMap((one) => (isDefer(one) ? this.labelled(one) : one));
    return { ...node, directives, selectionSet: this.selectionSet(node.selectionSet) };
  }

  /** The directive with our label; none where its condition does not hold. */
  private labelled(defer: DirectiveNode): DirectiveNode[] {
    const condition = argumentOf(defer, 'if');
    const isOff =
      condition?.kind === Kind.VARIABLE
        ? this.variables[condition.name.value] !== true
        : condition?.kind === Kind.BOOLEAN && !condition.value;
    if (isOff || this.clientLabels.size >= MAX_DEFERRED) return [];
    const given = argumentOf(defer, 'label');
    const label = String(this.clientLabels.size);
    this.clientLabels.set(label, given?.kind === Kind.STRING ? given.value : undefined);
    const name = { kind: Kind.NAME, value: 'label' } as const;
    const value = { kind: Kind.STRING, value: label } as const;
    return [{ ...defer, arguments: [{ kind: Kind.ARGUMENT, name, value }] }];
  }
}

function argumentOf({ arguments: given = [] }: DirectiveNode, name: string): ValueNode | undefined {
  return given.find((one) => one.name.value === name)?.value;
}
