import {
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { AccessRules } from '../protection/access-rules.ts';
import type { Withheld } from '../protection/authorization.ts';
import {
  collectFields,
  type CollectedField,
  type Collecting,
  type Selections,
} from './collect-fields.ts';
import type { Include } from './conditions.ts';
import { leafText } from './leaves.ts';
import type { Output } from './output.ts';
import type { Entity } from './run.ts';

/** What the shape of an answer depends on, besides the operation. */
export interface Shaping extends Collecting {
  readonly rules: AccessRules;
  readonly withheld: Withheld;
}

/** Writes a value as JSON text. False when it must be null and its parent has to answer for that. */
export type Write = (output: Output, value: unknown) => boolean;

interface WrittenField {
  readonly name: string;
  /** `"name":` */
  readonly key: string;
  readonly include: Include | undefined;
  readonly write: Write;
}

/** Compiles the writer of an operation's answer: what is null at the root becomes `null`. */
export function compileWriter(
  shaping: Shaping,
  root: GraphQLObjectType,
  selections: readonly Selections[],
): Write {
  return orNull(objectOf(shaping, root, selections));
}

function compileValue(
  shaping: Shaping,
  type: GraphQLOutputType,
  field: string,
  children: readonly Selections[],
): Write {
  if (isNonNullType(type)) {
    const write = compilePresent(shaping, type.ofType, field, children);
    return (output, value) => {
      if (value !== null && value !== undefined) return write(output, value);
      output.reportInvalid(`Cannot return null for the non-nullable field ${field}`);
      return false;
    };
  }
  return orNull(compilePresent(shaping, type, field, children));
}

/** The writer of values that are not null. */
function compilePresent(
  shaping: Shaping,
  type: GraphQLOutputType,
  field: string,
  children: readonly Selections[],
): Write {
  if (isListType(type)) return listOf(compileValue(shaping, type.ofType, field, children), field);
  const named = getNamedType(type);
  if (isLeafType(named)) {
    const text = leafText(named);
    return (output, value) => {
      const written = text(value);
      if (written === undefined) output.reportInvalid(`Invalid value for the field ${field}`);
      else output.text += written;
      return written !== undefined;
    };
  }
  if (isObjectType(named)) return objectOf(shaping, named, children);
  return abstractOf(shaping, named, field, children);
}

/** Where null is allowed, it is written in place of what could not be. */
function orNull(write: Write): Write {
  return (output, value) => {
    const before = output.text;
    if (value === null || value === undefined) output.text = before + 'null';
    else if (!write(output, value)) output.text = before + 'null';
    return true;
  };
}

function listOf(item: Write, field: string): Write {
  return (output, value) => {
    if (!Array.isArray(value)) {
      output.reportInvalid(`Expected a list for the field ${field}`);
      return false;
    }
    output.text += '[';
    for (let index = 0; index < value.length; index += 1) {
      if (index > 0) output.text += ',';
      output.path.push(index);
      const written = item(output, value[index]);
      output.path.pop();
      if (!written) return false;
    }
    output.text += ']';
    return true;
  };
}

function abstractOf(
  shaping: Shaping,
  type: GraphQLNamedType,
  field: string,
  children: readonly Selections[],
): Write {
  const writers = new Map<string, Write>();
  return (output, value) => {
    const typename = (value as Entity)['__typename'];
    const known = typeof typename === 'string' && writers.get(typename);
    if (known) return known(output, value);
    const object = typeof typename === 'string' ? shaping.schema.getType(typename) : undefined;
    if (!isObjectType(object)) {
      output.reportInvalid(`Cannot tell which ${type.name} the field ${field} holds`);
      return false;
    }
    const write = objectOf(shaping, object, children);
    writers.set(object.name, write);
    return write(output, value);
  };
}

function objectOf(
  shaping: Shaping,
  type: GraphQLObjectType,
  selections: readonly Selections[],
): Write {
  const ofType = shaping.rules.ofType(type.name);
  if (ofType && shaping.withheld.has(ofType)) return withheld(type.name);

  // Compiled when the first object comes: most abstract types never meet most of their types.
  let fields: readonly WrittenField[] | undefined;
  return (output, value) => {
    fields ??= collectFields(shaping, type, selections).map((field) =>
      compileField(shaping, type, field),
    );
    if (typeof value !== 'object') {
      output.reportInvalid(`Expected an object of the type ${type.name}`);
      return false;
    }
    return writeFields(fields, output, value as Entity);
  };
}

function writeFields(fields: readonly WrittenField[], output: Output, object: Entity): boolean {
  const { path, variables } = output;
  let opening = '{';
  for (const { name, key, include, write } of fields) {
    if (include && !include(variables)) continue;
    output.text += opening + key;
    opening = ',';
    path.push(name);
    const written = write(output, object[name]);
    path.pop();
    if (!written) return false;
  }
  output.text += opening === '{' ? '{}' : '}';
  return true;
}

function compileField(
  shaping: Shaping,
  type: GraphQLObjectType,
  { responseName, node, include, children }: CollectedField,
): WrittenField {
  const field = { name: responseName, key: JSON.stringify(responseName) + ':', include };
  const fieldName = node.name.value;
  if (fieldName === '__typename') {
    return { ...field, write: constant(JSON.stringify(type.name)) };
  }
  if (fieldName === '__schema' || fieldName === '__type') {
    return { ...field, write: introspected(responseName) };
  }
  const definition = type.getFields()[fieldName];
  if (!definition) throw new Error(`The type ${type.name} has no field ${fieldName}`);
  const coordinate = type.name + '.' + fieldName;
  const requirement = shaping.rules.ofField(type.name, fieldName);
  if (requirement && shaping.withheld.has(requirement)) {
    const write = withheld(coordinate);
    return { ...field, write: isNonNullType(definition.type) ? write : nullAfter(write) };
  }
  const write = compileValue(shaping, definition.type, coordinate, children);
  return { ...field, write: ownOnly(responseName, write) };
}

function constant(text: string): Write {
  return (output) => {
    output.text += text;
    return true;
  };
}

function introspected(responseName: string): Write {
  return (output) => {
    output.text += JSON.stringify(output.introspected[responseName] ?? null);
    return true;
  };
}

function withheld(what: string): Write {
  return (output) => {
    output.reportWithheld(what);
    return false;
  };
}

/** Like `orNull`, for what has to be asked even though there is no value. */
function nullAfter(write: Write): Write {
  return (output, value) => {
    write(output, value);
    output.text += 'null';
    return true;
  };
}

/** A missing field by the name of something every object inherits is missing all the same. */
function ownOnly(name: string, write: Write): Write {
  if (!(name in Object.prototype)) return write;
  return (output, value) => write(output, typeof value === 'function' ? undefined : value);
}
