import { Kind, type SelectionNode } from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** Decides at run time whether a selection counts. */
export type Include = (variables: Variables) => boolean;

/** What the `@skip` and `@include` of a selection say: undefined when it always counts, `never` when they rule it out for good. */
export function includeOf(selection: SelectionNode): Include | 'never' | undefined {
  const conditions: { readonly variable: string; readonly value: boolean }[] = [];
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const argument = directive.arguments?.[0]?.value;
    const wanted = name === 'include';
    if (argument?.kind === Kind.VARIABLE) {
      conditions.push({ variable: argument.name.value, value: wanted });
    } else if (argument?.kind === Kind.BOOLEAN && argument.value !== wanted) {
      return 'never';
    }
  }
  if (conditions.length === 0) return undefined;
  return (variables) => conditions.every(({ variable, value }) => variables[variable] === value);
}
