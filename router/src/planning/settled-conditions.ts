import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Variables } from '../execution/conditions.ts';

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
 * What a document asks for with these variables, without any `@skip` or `@include`: of some objects that may be nothing.
 * Planners make mistakes with conditions within and beside each other; without them there are none to make.
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
      return { ...node, selections: node.selections.filter(isAsked).map(unconditional) };
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
