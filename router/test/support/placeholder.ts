import { Kind, type FieldNode } from 'graphql';

/** A field that stands in place of what is left out of an operation, since no selection may be empty. */
export const placeholderNamed = (responseName: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: responseName },
  name: { kind: Kind.NAME, value: '__typename' },
});

/** The answer to an operation, without its placeholders of this name. */
export function withoutPlaceholders<T>(responseName: string, data: T): T {
  return JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (key === responseName ? undefined : value)),
  ) as T;
}
