import type { DocumentDecoration } from 'gql.tada';
import { print, type DocumentNode } from 'graphql';

/** A query, mutation or subscription that knows its answer and its variables. */
export type Operation<Data, Variables> = DocumentNode & DocumentDecoration<Data, Variables>;

/** The variables, which may be left out where all of them may, and what else a call takes. */
export type VariablesAnd<Variables, Options = never> = {} extends Variables
  ? [variables?: Variables, options?: Options]
  : [variables: Variables, options?: Options];

const texts = new WeakMap<DocumentNode, string>();

/** The text of an operation, the same each time. */
export function textOf(document: DocumentNode): string {
  let text = texts.get(document);
  if (text === undefined) {
    text = print(document);
    texts.set(document, text);
  }
  return text;
}
