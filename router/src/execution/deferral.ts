import {
  BREAK,
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLString,
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type InlineFragmentNode,
} from 'graphql';

/** As the working draft of incremental delivery defines it. */
const DEFER = new GraphQLDirective({
  name: 'defer',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: {
    if: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: true },
    label: { type: GraphQLString },
  },
});

/** A schema by which documents may ask to defer. What clients see of the schema does not promise it. */
export function withDefer(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    directives: [...config.directives, DEFER],
    assumeValid: true,
  });
}

/** The document with nothing deferred: a server may always answer at once. */
export function withoutDefer(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: (node) => (isDefer(node) ? null : undefined),
  });
}

export const isDefer = ({ name }: DirectiveNode): boolean => name.value === DEFER.name;

/** Whether anything of a document is deferred. */
export function defers(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive(node) {
      found ||= isDefer(node);
      return found ? BREAK : undefined;
    },
  });
  return found;
}

/** The label of a deferred fragment; undefined where it is not deferred, or has none. */
export function deferLabelOf({ directives = [] }: InlineFragmentNode): string | undefined {
  const given = directives.find(isDefer)?.arguments ?? [];
  const label = given.find(({ name }) => name.value === 'label')?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
}
