import { isEnumType, type GraphQLLeafType } from 'graphql';

/** The JSON text of a leaf value; undefined when the value is not of the type. */
export type LeafText = (value: unknown) => string | undefined;

/** How values of a scalar or enum type are written. */
export function leafText(type: GraphQLLeafType): LeafText {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
    return (value) => texts.get(value as string);
  }
  return BUILT_IN[type.name] ?? ((value) => JSON.stringify(value));
}

const BUILT_IN: Readonly<Record<string, LeafText>> = {
  String: (value) => (typeof value === 'string' ? stringText(value) : undefined),
  Boolean: (value) => (value === true ? 'true' : value === false ? 'false' : undefined),
  Int: (value) => (Number.isInteger(value) ? String(value) : undefined),
  Float: (value) => (Number.isFinite(value) ? String(value) : undefined),
  ID: (value) => {
    if (typeof value === 'string') return stringText(value);
    return Number.isInteger(value) ? `"${String(value)}"` : undefined;
  },
};

// What JSON writes with an escape: control characters, quotes, backslashes and lone surrogates.
const ESCAPED = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** Most strings need no escape, and looking is faster than JSON.stringify. */
function stringText(value: string): string {
  return ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`;
}
