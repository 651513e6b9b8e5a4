import { Kind, type SelectionNode } from 'graphql';

/** A selection stands only while this variable has this value. */
export interface Condition {
  readonly variable: string;
  readonly value: boolean;
}

export type Variables = Readonly<Record<string, unknown>>;

/** Decides at run time whether a field is part of the answer. */
export type Include = (variables: Variables) => boolean;

/** The `@skip` and `@include` of a selection; `never` when they rule it out for good. */
export function conditionsOf(selection: SelectionNode): readonly Condition[] | 'never' {
  const conditions: Condition[] = [];
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
  return conditions;
}

/** True when one of the alternatives has all of its conditions met; undefined when one has none. */
export function includeWhen(alternatives: readonly (readonly Condition[])[]): Include | undefined {
  if (alternatives.some((conditions) => conditions.length === 0)) return undefined;
  return (variables) =>
    alternatives.some((conditions) =>
      conditions.every(({ variable, value }) => variables[variable] === value),
    );
}
