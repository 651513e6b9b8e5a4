import { z } from 'zod';
import type { EventDefinition } from '../events/define-event.ts';
import * as events from '../events/index.ts';

/** Every event contract by the name it has in the code. */
export const eventContracts: ReadonlyMap<string, EventDefinition<unknown>> = new Map(
  Object.entries<unknown>(events).filter((entry): entry is [string, EventDefinition<unknown>] =>
    isContract(entry[1]),
  ),
);

/**
 * The contracts of each owner as one JSON Schema document, by the owner's name. What a consumer may
 * meet is described: unknown fields are allowed, because data grows by optional ones.
 */
export function eventSchemas(): ReadonlyMap<string, object> {
  const owners = new Map<string, Record<string, object>>();
  const sorted = [...eventContracts].sort(([, one], [, other]) => (one.type < other.type ? -1 : 1));
  for (const [name, { type, version, topic, data }] of sorted) {
    const owner = type.split('.')[0]!;
    const schema = z.toJSONSchema(data, { io: 'input', override: withoutPattern });
    delete schema.$schema;
    owners.set(owner, {
      ...owners.get(owner),
      [`${type}.v${version}`]: { title: name, 'x-topic': topic, ...schema },
    });
  }
  return new Map(
    [...owners].map(([owner, $defs]) => [
      owner,
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: `The data of the events of ${owner}, by type and version`,
        $defs,
      },
    ]),
  );
}

/** The format says the same as zod's pattern for it, readably. */
const withoutPattern = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
};

function isContract(exported: unknown): exported is EventDefinition<unknown> {
  return typeof exported === 'object' && exported !== null && 'topic' in exported;
}
