import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import type { AccessRules } from '../protection/access-rules.ts';
import type { Withheld } from '../protection/authorization.ts';
import {
  collectFields,
  type CollectedField,
  type Collecting,
  type DeferredSelections,
  type FieldsType,
} from './collect-fields.ts';
import { leafText } from './leaves.ts';
import type { Output } from './output.ts';
import type { ResponseNames } from './response-names.ts';
import type { Entity } from './run.ts';
import { asksNoType } from './untyped.ts';

/** What the shape of an answer depends on, besides the operation. */
export interface Shaping extends Omit<Collecting, 'deferred'> {
  /** Whether deferred fragments are left for later. */
  readonly defers?: boolean;
  readonly responseNames: ResponseNames;
  readonly rules: AccessRules;
  readonly withheld: Withheld;
}

/** The JSON text of a value; undefined when it must be null and its parent has to answer for that. */
export type Write = (output: Output, value: unknown) => string | undefined;

interface WrittenField {
  /** What it was fetched by. */
  readonly name: string;
  /** `"name":`, for the first field of an object. */
  readonly key: string;
  /** `,"name":`, for the others: one piece instead of two, for each field of each object. */
  readonly nextKey: string;
  readonly write: Write;
}

/** Compiles the writer of an operation's answer: what is null at the root becomes `null`. */
export function compileWriter(
  shaping: Shaping,
  root: GraphQLObjectType,
  selections: readonly SelectionSetNode[],
): Write {
  const write = objectOf(shaping, root, selections);
  return shaping.defers ? orNullForGood(write) : orNull(write);
}

function compileValue(
  shaping: Shaping,
  type: GraphQLOutputType,
  field: string,
  children: readonly SelectionSetNode[],
): Write {
  if (!isNonNullType(type)) {
    const present = compilePresent(shaping, type, field, children);
    const mayDefer = shaping.defers && !isLeafType(getNamedType(type));
    return mayDefer ? orNullForGood(present) : orNull(present);
  }
  const write = compilePresent(shaping, type.ofType, field, children);
  return (output, value) => {
    if (value !== null && value !== undefined) return write(output, value);
    return output.invalid(`Cannot return null for the non-nullable field ${field}`);
  };
}

/** The writer of values that are not null. */
function compilePresent(
  shaping: Shaping,
  type: GraphQLOutputType,
  field: string,
  children: readonly SelectionSetNode[],
): Write {
  if (isListType(type)) return listOf(compileValue(shaping, type.ofType, field, children), field);
  const named = getNamedType(type);
  if (isLeafType(named)) {
    const text = leafText(named);
    return (output, value) => text(value) ?? output.invalid(`Invalid value for the field ${field}`);
  }
  if (isObjectType(named)) return objectOf(shaping, named, children);
  return abstractOf(shaping, named, field, children);
}

/** Where null is allowed, it is written in place of what could not be. */
function orNull(write: Write): Write {
  return (output, value) =>
    value === null || value === undefined ? 'null' : (write(output, value) ?? 'null');
}

/** The same where an answer is told in parts: what is null in one part stays so in the next. */
function orNullForGood(write: Write): Write {
  return (output, value) => {
    const isNull = value === null || value === undefined || output.isNulled();
    return (isNull ? undefined : write(output, value)) ?? output.nulled();
  };
}

function listOf(item: Write, field: string): Write {
  return (output, value) => {
    if (!Array.isArray(value)) return output.invalid(`Expected a list for the field ${field}`);
    output.enter();
    let text = '';
    for (let index = 0; index < value.length; index += 1) {
      output.at(index);
      const written = item(output, value[index]);
      if (written === undefined) return output.leave();
      text += index > 0 ? ',' + written : written;
    }
    output.leave();
    return `[${text}]`;
  };
}

function abstractOf(
  shaping: Shaping,
  type: GraphQLNamedType,
  field: string,
  children: readonly SelectionSetNode[],
): Write {
  const writers = new Map<unknown, Write>();
  const ofNoType = isInterfaceType(type) ? ofAnyType(shaping, type, children) : undefined;
  return (output, value) => {
    const typename = (value as Entity)['__typename'];
    const known = writers.get(typename);
    if (known) return known(output, value);
    const object = typeof typename === 'string' ? shaping.schema.getType(typename) : undefined;
    if (!isObjectType(object)) {
      if (ofNoType && (typename === undefined || isInterfaceType(object))) {
        return ofNoType(output, value);
      }
      return output.invalid(`Cannot tell which ${type.name} the field ${field} holds`);
    }
    const write = objectOf(shaping, object, children);
    writers.set(object.name, write);
    return write(output, value);
  };
}

/** The writer of objects whose type nobody knows nor asks for: those of an interface object. */
function ofAnyType(
  shaping: Shaping,
  type: GraphQLInterfaceType,
  selections: readonly SelectionSetNode[],
): Write | undefined {
  // Rules are those of object types; where there is none, none could be asked.
  const isGuarded = shaping.rules.any && shaping.schema.getPossibleTypes(type).length === 0;
  if (isGuarded) return undefined;
  if (asksNoType(shaping, type, selections)) return allFieldsOf(shaping, type, selections);
  return (output) => output.invalid(`Cannot tell which ${type.name} an object is`);
}

function objectOf(
  shaping: Shaping,
  type: GraphQLObjectType,
  selections: readonly SelectionSetNode[],
): Write {
  const ofType = shaping.rules.ofType(type.name);
  if (ofType && shaping.withheld.has(ofType)) return withheld(type.name);
  return allFieldsOf(shaping, type, selections);
}

function allFieldsOf(
  shaping: Shaping,
  type: FieldsType,
  selections: readonly SelectionSetNode[],
): Write {
  // Compiled when the first object comes: most abstract types never meet most of their types.
  let fields: readonly WrittenField[] | undefined;
  const later: WrittenLater[] = [];
  return (output, value) => {
    fields ??= compileFields(shaping, type, selections, later);
    if (typeof value !== 'object') {
      return output.invalid(`Expected an object of the type ${type.name}`);
    }
    const object = value as Entity;
    if (output.shared.has(object)) return sharedText(fields, output, object);
    const text = fieldsText(fields, output, object);
    if (text !== undefined) for (const one of later) one(output);
    return text;
  };
}

/** The text of an object that is at several places, where it says nothing of the place. */
function sharedText(
  fields: readonly WrittenField[],
  output: Output,
  object: Entity,
): string | undefined {
  const { shared, remarks } = output;
  const known = shared.textBy(fields, object);
  if (known !== undefined) return known;
  const text = fieldsText(fields, output, object);
  if (text !== undefined && output.remarks === remarks) shared.keep(object, { by: fields, text });
  return text;
}

/** Leaves a deferred fragment of the object that was written last for later. */
type WrittenLater = (output: Output) => void;

function compileFields(
  shaping: Shaping,
  type: FieldsType,
  selections: readonly SelectionSetNode[],
  later: WrittenLater[],
): readonly WrittenField[] {
  const deferred: DeferredSelections[] | undefined = shaping.defers ? [] : undefined;
  const collected = collectFields({ ...shaping, deferred }, type, selections);
  for (const { label, set } of deferred ?? []) {
    const write = allFieldsOf(shaping, type, [set]);
    later.push((output) => output.defer(label, write));
  }
  return collected.map((field) => compileField(shaping, type, field));
}

function fieldsText(
  fields: readonly WrittenField[],
  output: Output,
  object: Entity,
): string | undefined {
  output.enter();
  let text = '';
  for (const { name, key, nextKey, write } of fields) {
    output.at(name);
    const written = write(output, object[name]);
    if (written === undefined) return output.leave();
    text = text === '' ? key + written : text + nextKey + written;
  }
  output.leave();
  return `{${text}}`;
}

function compileField(
  shaping: Shaping,
  type: FieldsType,
  { responseName: name, node, children }: CollectedField,
): WrittenField {
  const key = JSON.stringify(shaping.responseNames.of(name)) + ':';
  const field = { name, key, nextKey: ',' + key };
  const fieldName = node.name.value;
  if (fieldName === '__typename') {
    const text = JSON.stringify(type.name);
    return { ...field, write: () => text };
  }
  if (fieldName === '__schema' || fieldName === '__type') {
    return { ...field, write: (output) => output.introspectedText(name) };
  }
  const definition = type.getFields()[fieldName];
  if (!definition) throw new Error(`The type ${type.name} has no field ${fieldName}`);
  const coordinate = type.name + '.' + fieldName;
  if (isWithheld(shaping, type, fieldName)) {
    const write = withheld(coordinate);
    if (isNonNullType(definition.type)) return { ...field, write };
    // There is no value, and still the refusal is told.
    return { ...field, write: (output, value) => write(output, value) ?? 'null' };
  }
  const write = compileValue(shaping, definition.type, coordinate, children);
  return { ...field, write: ownOnly(name, write) };
}

function isWithheld({ schema, rules, withheld }: Shaping, type: FieldsType, field: string) {
  const types = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
  return types.some(({ name }) => {
    const requirement = rules.ofField(name, field);
    return !!requirement && withheld.has(requirement);
  });
}

function withheld(what: string): Write {
  return (output) => output.withheld(what);
}

/** A missing field by the name of something every object inherits is missing all the same. */
function ownOnly(name: string, write: Write): Write {
  if (!(name in Object.prototype)) return write;
  return (output, value) => write(output, typeof value === 'function' ? undefined : value);
}
