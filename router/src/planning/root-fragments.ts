import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * A subgraph's operation whose fields are all in its outermost selection set. Apollo's planner puts what is deferred of the root
 * in a fragment on the root type, `{ ... on Query { book } }`, which everybody who reads operations would have to know of.
 */
export function withoutRootFragments(operation: string): string {
  if (!operation.includes('...')) return operation;
  const document = parse(operation, { noLocation: true });
  const flattened = visit(document, {
    OperationDefinition(node) {
      const { selectionSet } = node;
      return selectionSet.selections.some(isPlainFragment)
        ? { ...node, selectionSet: flat(selectionSet) }
        : false;
    },
    FragmentDefinition: () => false,
  });
  return flattened === document ? operation : stripIgnoredCharacters(print(flattened));
}

const flat = (set: SelectionSetNode): SelectionSetNode => ({
  ...set,
  selections: set.selections.flatMap(fieldsOf),
});

function fieldsOf(selection: SelectionNode): readonly SelectionNode[] {
  return isPlainFragment(selection)
    ? selection.selectionSet.selections.flatMap(fieldsOf)
    : [selection];
}

function isPlainFragment(selection: SelectionNode): selection is InlineFragmentNode {
  return selection.kind === Kind.INLINE_FRAGMENT && !selection.directives?.length;
}
