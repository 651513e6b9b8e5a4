import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Variables } from '../execution/conditions.ts';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The variables that decide what a document asks for, by `@skip` and `@include`. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      const argument = isCondition(node) ? node.arguments?.[0]?.value : undefined;
      if (argument?.kind === Kind.VARIABLE) names.add(argument.name.value);
    },
  });
  return [...names];
}

/**
 * What a document asks for with these variables, without any `@skip` or `@include`. Planners make
 * mistakes with conditions within and beside each other; without them there are none to make.
 */
export function withConditionsSettled(document: DocumentNode, variables: Variables): DocumentNode {
  const isAsked = (selection: SelectionNode): boolean =>
    (selection.directives ?? []).filter(isCondition).every((directive) => {
      const argument = directive.arguments?.[0]?.value;
      const wanted = directive.name.value === 'include';
      if (argument?.kind === Kind.VARIABLE) return variables[argument.name.value] === wanted;
      return argument?.kind !== Kind.BOOLEAN || argument.value === wanted;
    });
  return visit(document, {
    SelectionSet(node): SelectionSetNode | undefined {
      if (!node.selections.some((selection) => selection.directives?.some(isCondition))) {
        return undefined;
      }
      const selections = node.selections.filter(isAsked).map(unconditional);
      // A selection set cannot be empty, and whether the object is there still has to be known.
      return { ...node, selections: selections.length > 0 ? selections : [TYPENAME] };
    },
  });
}

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

function unconditional<T extends SelectionNode>(selection: T): T {
  const directives = selection.directives?.filter((directive) => !isCondition(directive));
  return { ...selection, directives };
}
