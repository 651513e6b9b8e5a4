import { Kind, parse, type SelectionSetNode } from 'graphql';

/** A part of an entity's key. */
export interface KeyField {
  readonly name: string;
  readonly fields: readonly KeyField[] | undefined;
}

/** One of the keys by which entities of a type are known. */
export interface EntityKey {
  /** The names of its fields, sorted: the same for the same key, however it is written. */
  readonly name: string;
  readonly fields: readonly KeyField[];
}

/** Reads the `fields` of a `@key`. */
export function readKey(fields: string): EntityKey {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No key: ${fields}`);
  return keyOf(selectedFields(definition.selectionSet));
}

/** The key that these values are of. */
export const keyOfValues = (values: Readonly<Record<string, unknown>>): EntityKey =>
  keyOf(
    Object.entries(values).map(([name, value]) => {
      const isObject = typeof value === 'object' && value !== null;
      return { name, fields: isObject ? keyOfValues({ ...value }).fields : undefined };
    }),
  );

const selectedFields = ({ selections }: SelectionSetNode): KeyField[] =>
  selections
    .flatMap((field) => (field.kind === Kind.FIELD ? [field] : []))
    .map(({ name, selectionSet }) => {
      const fields = selectionSet && keyOf(selectedFields(selectionSet)).fields;
      return { name: name.value, fields };
    });

function keyOf(unsorted: readonly KeyField[]): EntityKey {
  const fields = [...unsorted].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { name: nameOf(fields), fields };
}

const nameOf = (fields: readonly KeyField[]): string =>
  fields.map(({ name, fields: inner }) => (inner ? `${name}{${nameOf(inner)}}` : name)).join(' ');

/** The values of a key's fields in one text, or undefined when one of them is not known. */
export function keyText(
  fields: readonly KeyField[],
  valueOf: (field: KeyField) => unknown,
): string | undefined {
  const values: string[] = [];
  for (const field of fields) {
    const value = valueOf(field);
    if (value === undefined || value === null) return undefined;
    const text = field.fields ? nestedText(field.fields, value) : leafText(value);
    if (text === undefined) return undefined;
    values.push(`${JSON.stringify(field.name)}:${text}`);
  }
  return `{${values.join()}}`;
}

function nestedText(fields: readonly KeyField[], value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const object = value as Readonly<Record<string, unknown>>;
  return keyText(fields, ({ name }) => object[name]);
}

/** The id 7 and the id "7" are the same. */
const leafText = (value: unknown): string | undefined =>
  typeof value === 'object' ? undefined : JSON.stringify(String(value));
