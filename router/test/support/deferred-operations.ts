import fc from 'fast-check';
import {
  Kind,
  parse,
  print,
  visit,
  type DirectiveNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
} from 'graphql';
import { isDefer } from '../../src/execution/deferral.ts';
import { MAX_DEFERRED } from '../../src/planning/labelled-defers.ts';
import { operations } from './operations.ts';
import { placeholderNamed, withoutPlaceholders } from './placeholder.ts';

/** How fragments are made to be deferred; most are not. */
const WAYS = ['', '', '@defer', '@defer(label: "L")', '@defer(if: $a)', '@defer(if: $b)'];

/** Random operations with `@defer` at random places: on fragments that are there, and around single fields. */
export function deferredOperations(schema: GraphQLSchema): fc.Arbitrary<string> {
  const choices = fc.array(fc.nat(), { minLength: 60, maxLength: 60 });
  return fc
    .tuple(operations(schema), choices)
    .map(([query, numbers]) => withDefers(query, numbers))
    .filter((query) => query.includes('@defer'));
}

function withDefers(query: string, numbers: readonly number[]): string {
  let drawn = 0;
  const draw = (): number => numbers[(drawn += 1) % numbers.length] ?? 0;
  let deferred = 0;
  const way = (): readonly DirectiveNode[] => {
    const text = WAYS[draw() % WAYS.length] ?? '';
    if (text) deferred += 1;
    return text && deferred <= MAX_DEFERRED
      ? directivesOf(text.replace('"L"', `"label ${drawn}"`))
      : [];
  };
  const document = visit(parse(query), {
    InlineFragment: {
      leave: (node) => ({ ...node, directives: [...(node.directives ?? []), ...way()] }),
    },
    Field: {
      leave(node): SelectionNode | undefined {
        const directives = draw() % 4 === 0 ? way() : [];
        if (directives.length === 0) return undefined;
        const selectionSet = { kind: Kind.SELECTION_SET, selections: [node] } as const;
        return { kind: Kind.INLINE_FRAGMENT, directives, selectionSet };
      },
    },
  });
  return print(document);
}

function directivesOf(text: string): readonly DirectiveNode[] {
  const [operation] = parse(`{ ... ${text} { x } }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections[0]?.directives ?? [];
}

/** The operation with nothing deferred. */
export const undeferred = (query: string): string =>
  print(visit(parse(query), { Directive: (node) => (isDefer(node) ? null : undefined) }));

/** The response name of what stands in place of a deferred fragment, since nothing may be empty. */
const LATER = 'later';

/** The operation without what is deferred with these variables. */
export function notDeferred(query: string, variables: Readonly<Record<string, unknown>>): string {
  const isLater = ({ directives = [] }: InlineFragmentNode): boolean =>
    directives.filter(isDefer).some(({ arguments: args = [] }) => {
      const value = args.find(({ name }) => name.value === 'if')?.value;
      return value?.kind !== Kind.VARIABLE || variables[value.name.value] === true;
    });
  const document = visit(parse(query), {
    InlineFragment: (node) => (isLater(node) ? placeholder : undefined),
  });
  // What only a deferred fragment uses may stay declared.
  return undeferred(print(document)).replace(
    '{',
    `{ ${LATER}: __typename @skip(if: $a) @include(if: $b) `,
  );
}

const placeholder = placeholderNamed(LATER);

/** An answer to it, without what stands in for deferred fragments. */
export const withoutLater = <T>(data: T): T => withoutPlaceholders(LATER, data);
