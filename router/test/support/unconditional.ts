import { Kind, parse, print, visit, type FieldNode, type InlineFragmentNode } from 'graphql';
import { placeholderNamed, withoutPlaceholders } from './placeholder.ts';

/** The response name of what stands in place of a skipped field, since nothing may be empty. */
const SKIPPED = 'skipped';

/**
 * An operation with its `@skip` and `@include` carried out: Apollo's planner makes mistakes with conditions in
 * conditions, and on fields that others require.
 */
export function unconditional(query: string, variables: Readonly<Record<string, unknown>>): string {
  const settle = <T extends FieldNode | InlineFragmentNode>(node: T): T | FieldNode => {
    const isAsked = (node.directives ?? []).every(({ name, arguments: args = [] }) => {
      const value = args[0]?.value;
      return value?.kind === Kind.VARIABLE
        ? variables[value.name.value] === (name.value === 'include')
        : true;
    });
    return isAsked ? { ...node, directives: [] } : placeholder;
  };
  const document = visit(parse(query), { Field: settle, InlineFragment: settle });
  return print(document).replace(/^query \([^)]*\)/, 'query');
}

const placeholder = placeholderNamed(SKIPPED);

/** The answer to it, without what stands in for skipped fields. */
export const withoutSkipped = <T>(data: T): T => withoutPlaceholders(SKIPPED, data);
