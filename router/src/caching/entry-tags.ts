import { isAbstractType } from 'graphql';
import type { CacheRules } from './cache-rules.ts';
import { keyText } from './entity-key.ts';
import type { FetchShape } from './fetch-shape.ts';

/** An answer with more objects than this is found by their types instead of their keys. */
const MAX_OBJECT_TAGS = 500;

export const subgraphTag = (subgraph: string): string => 's:' + subgraph;
export const typeTag = (type: string): string => 't:' + type;
/** An entity by the text of its key. */
export const entityTag = (type: string, key: string): string => `e:${type}:${key}`;
/** An object of a type that may be any entity: this key of it was not told. */
export const unknownEntityTag = (type: string, keyName: string): string => `u:${type}:${keyName}`;
/** A tag of the subgraph's own. */
export const ownTag = (tag: string): string => '#' + tag;
/** Any tag of a format, since what it is made of was not told. */
export const unknownTag = (format: string): string => '?' + beginningOf(format);

/** What a format begins with, whatever it is filled with. */
export const beginningOf = (format: string): string => format.split('{', 1)[0] ?? '';

const PLACEHOLDER = /\{\$(?:key|args)\.([\w.]+)\}/g;

/** The tag of a `@cacheTag` format: filled with values, or standing for all of its kind when one of them is not known. */
export function formattedTag(format: string, valueOf: (path: string) => unknown): string {
  let isWhole = true;
  const text = format.replace(PLACEHOLDER, (_all, path: string) => {
    const value = valueOf(path);
    if (value === undefined || value === null || typeof value === 'object') isWhole = false;
    return String(value);
  });
  return isWhole ? ownTag(text) : unknownTag(format);
}

/** Tells the tags of what subgraphs answer: of which entities there is something in it. */
export class EntryTags {
  constructor(
    private readonly rules: CacheRules,
    private readonly subgraph: string,
  ) {}

  /** The tags of an entity that was asked for by this representation. */
  ofRepresentation(representation: Readonly<Record<string, unknown>>): string[] {
    const type = String(representation['__typename']);
    return this.ofEntity(type, (name) => representation[name]);
  }

  /** The tags of all objects in an answer of this shape. */
  ofData(shape: FetchShape, data: unknown): readonly string[] {
    const tags = new Set<string>();
    this.add(shape, data, tags);
    if (tags.size <= MAX_OBJECT_TAGS) return [...tags];
    const coarse = new Set<string>();
    this.addUnknown(shape, coarse);
    return [...coarse];
  }

  private add(shape: FetchShape, value: unknown, tags: Set<string>): void {
    if (tags.size > MAX_OBJECT_TAGS) return;
    if (Array.isArray(value)) {
      for (const item of value) this.add(shape, item, tags);
    } else if (typeof value === 'object' && value !== null) {
      const object = value as Readonly<Record<string, unknown>>;
      for (const tag of this.ofObject(shape, object)) tags.add(tag);
      for (const [name, inner] of shape.inner) this.add(inner, object[name], tags);
    }
  }

  private ofObject(shape: FetchShape, object: Readonly<Record<string, unknown>>): string[] {
    const told = object[shape.plain.get('__typename') ?? ''];
    const types = typeof told === 'string' ? [told] : this.possible(shape.types);
    const isCertain = types.length === 1;
    return types.flatMap((type) =>
      this.ofEntity(type, (name) => (isCertain ? object[shape.plain.get(name) ?? ''] : undefined)),
    );
  }

  private addUnknown(shape: FetchShape, tags: Set<string>): void {
    for (const type of this.possible(shape.types)) {
      for (const tag of this.ofEntity(type, () => undefined)) tags.add(tag);
    }
    for (const inner of shape.inner.values()) this.addUnknown(inner, tags);
  }

  private ofEntity(type: string, valueOf: (field: string) => unknown): string[] {
    const keys = this.rules.keysOf(type).map(({ name, fields }) => {
      const text = keyText(fields, (field) => valueOf(field.name));
      return text === undefined ? unknownEntityTag(type, name) : entityTag(type, text);
    });
    const formats = this.rules.formatsOf(this.subgraph, type);
    return [...keys, ...formats.map((format) => formattedTag(format, (path) => at(path, valueOf)))];
  }

  /** Abstract types with all that they may be. */
  private possible(types: readonly string[]): readonly string[] {
    const { schema } = this.rules;
    return types.flatMap((name) => {
      const type = schema.getType(name);
      if (!isAbstractType(type)) return [name];
      return [name, ...schema.getPossibleTypes(type).map((possible) => possible.name)];
    });
  }
}

function at(path: string, valueOf: (field: string) => unknown): unknown {
  const [first = '', ...rest] = path.split('.');
  return rest.reduce<unknown>(
    (value, name) => (value as Readonly<Record<string, unknown>> | undefined | null)?.[name],
    valueOf(first),
  );
}
