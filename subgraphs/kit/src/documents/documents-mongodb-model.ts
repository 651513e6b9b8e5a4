import { Schema, type Connection, type Model, type SchemaDefinition } from 'mongoose';
import type { z } from 'zod';
import type { CollectionOptions, Document } from './documents.ts';
import { kindOf, type FieldKind } from './documents-validation.ts';
import { nameOf } from './documents-mongodb-query.ts';

/** A document as MongoDB keeps it. */
export interface Stored {
  readonly _id: string;
  /** The `onceKey`s that were applied. No field of a document can have this name. */
  readonly _once?: readonly string[];
  readonly [field: string]: unknown;
}

/** Reads leave out what the port does not show. */
export const SHOWN = { _once: 0 } as const;

const KINDS = {
  text: String,
  // As JavaScript has them: of two 32-bit integers FerretDB makes a 32-bit sum, whatever is lost.
  number: Schema.Types.Double,
  truth: Boolean,
  other: Schema.Types.Mixed,
} satisfies Record<FieldKind, unknown>;

/** The model of a collection: its fields with their kinds, and none besides unless its schema has a catch-all. */
export function modelOf<Doc extends Document>(
  connection: Connection,
  { name, schema: { def }, indexes }: CollectionOptions<Doc>,
): Model<Stored> {
  const fields: Record<string, object> = {
    _id: { type: String },
    _once: { type: [String], default: undefined },
  };
  for (const [field, kind] of Object.entries(def.shape as Record<string, z.ZodType>)) {
    if (field !== 'id') fields[nameOf(field)] = { type: KINDS[kindOf(kind)] };
  }
  const schema = new Schema(fields as SchemaDefinition, {
    strict: isOpen(def.catchall) ? false : 'throw',
    strictQuery: isOpen(def.catchall) ? false : 'throw',
    id: false,
    versionKey: false,
    minimize: false,
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
  });
  for (const { fields, unique } of indexes) {
    schema.index(Object.fromEntries(fields.map((field) => [nameOf(field), 1])), {
      name: `ix_${fields.join('_')}`,
      ...(unique && { unique }),
    });
  }
  const again = { overwriteModels: true };
  return connection.model(name, schema, name, again) as unknown as Model<Stored>;
}

const isOpen = (catchall: { _zod: { def: { type: string } } } | undefined): boolean =>
  catchall !== undefined && catchall._zod.def.type !== 'never';

/** Makes the indexes that are missing. One that is there under its name is left alone. */
export async function createIndexes(model: Model<Stored>): Promise<void> {
  await model.createCollection();
  const there = new Set((await model.listIndexes()).map(({ name }) => name as string));
  for (const [key, options] of model.schema.indexes()) {
    if (!there.has(options.name!))
      await model.collection.createIndex(key as never, options as never);
  }
}
