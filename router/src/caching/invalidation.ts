import { z } from 'zod';
import type { CacheRules } from './cache-rules.ts';
import { keyOfValues, keyText } from './entity-key.ts';
import {
  beginningOf,
  entityTag,
  ownTag,
  subgraphTag,
  typeTag,
  unknownEntityTag,
  unknownTag,
} from './entry-tags.ts';

const word = z.string().min(1).max(1_000);

/** What is to be read anew from now on. */
export const invalidation = z.union(
  [
    z.strictObject({ everything: z.literal(true) }),
    z.strictObject({ subgraph: word }),
    z.strictObject({ type: word, key: z.record(word, z.unknown()) }),
    z.strictObject({ type: word }),
    z.strictObject({ tag: word }),
  ],
  { error: 'must be { subgraph }, { type }, { type, key }, { tag } or { everything: true }' },
);

/** Everything, or everything of a subgraph, of a type, of one entity, or with a tag that the subgraph gave. */
export type Invalidation = z.output<typeof invalidation>;

/** The tags of all that an invalidation concerns. */
export function tagsOf(what: Invalidation, rules: CacheRules): readonly string[] {
  if ('everything' in what) return rules.subgraphNames.map(subgraphTag);
  if ('subgraph' in what) return [subgraphTag(what.subgraph)];
  if ('tag' in what) {
    const formats = rules.formats.filter((format) => what.tag.startsWith(beginningOf(format)));
    return [ownTag(what.tag), ...new Set(formats.map(unknownTag))];
  }
  const types = rules.relatedTo(what.type);
  const key = 'key' in what ? what.key : {};
  const { name, fields } = keyOfValues(key);
  const text = keyText(fields, (field) => key[field.name]);
  const isKey = types.some((type) => rules.keysOf(type).some((known) => known.name === name));
  // Nothing is kept under what is no key, so all of the type goes.
  if (text === undefined || !isKey) return types.map(typeTag);
  return types.flatMap((type) => [entityTag(type, text), unknownEntityTag(type, name)]);
}
