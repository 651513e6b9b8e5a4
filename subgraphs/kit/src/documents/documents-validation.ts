import type { z } from 'zod';
import type {
  Change,
  Collection,
  CollectionOptions,
  Document,
  Documents,
  Find,
  Total,
  Totals,
  Where,
} from './documents.ts';

/** A document, or a change of one, that is not as its collection's schema says. */
export class InvalidDocumentError extends Error {
  constructor(
    readonly collection: string,
    /** The fields that are wrong, by name. */
    readonly fields: readonly string[],
    problems: readonly string[],
  ) {
    super(`${collection}: ${problems.join('; ')}`);
    this.name = 'InvalidDocumentError';
  }
}

/** The same documents, checked before they are written, whatever they are kept in. */
export const validated = (documents: Documents): Documents => ({
  collection: async <Doc extends Document>(options: CollectionOptions<Doc>) =>
    new ValidatedCollection(await documents.collection(options), options),
  close: () => documents.close(),
});

class ValidatedCollection<Doc extends Document> implements Collection<Doc> {
  constructor(
    private readonly kept: Collection<Doc>,
    private readonly options: CollectionOptions<Doc>,
  ) {}

  async insert(document: Doc): Promise<boolean> {
    this.check(document);
    return this.kept.insert(document);
  }

  async put(document: Doc): Promise<void> {
    this.check(document);
    return this.kept.put(document);
  }

  async change(id: string, change: Change<Doc>): Promise<boolean> {
    if (change.orInsert) this.check(change.orInsert);
    this.checkSet(change.set ?? {});
    this.checkAdd(change.add ?? {});
    return this.kept.change(id, change);
  }

  get(id: string): Promise<Doc | null> {
    return this.kept.get(id);
  }

  getMany(ids: readonly string[]): Promise<(Doc | null)[]> {
    return this.kept.getMany(ids);
  }

  find(find: Find<Doc>): Promise<Doc[]> {
    return this.kept.find(find);
  }

  count(where?: Where<Doc>): Promise<number> {
    return this.kept.count(where);
  }

  totals(totals: Totals<Doc>): Promise<Total[]> {
    return this.kept.totals(totals);
  }

  remove(where: Where<Doc>): Promise<number> {
    return this.kept.remove(where);
  }

  private check(document: Doc): void {
    const { error } = this.options.schema.safeParse(document);
    if (error) this.refuse(error.issues);
  }

  private checkSet(set: object): void {
    for (const [field, value] of Object.entries(set)) {
      if (value === undefined) continue;
      const error = this.schemaOf(field).safeParse(value).error;
      if (error) this.refuse(error.issues, field);
    }
  }

  private checkAdd(add: object): void {
    for (const [field, more] of Object.entries(add)) {
      if (more === undefined) continue;
      if (kindOf(this.schemaOf(field)) !== 'number' || !Number.isFinite(more)) {
        this.refuse([{ path: [], message: 'Numbers are added to numbers only' }], field);
      }
    }
  }

  private schemaOf(field: string): z.ZodType {
    const { shape, catchall } = this.options.schema.def;
    const found = Object.hasOwn(shape, field) ? shape[field] : catchall;
    if (!found || field === 'id') {
      this.refuse([{ path: [], message: 'There is no such field to change' }], field);
    }
    return found as z.ZodType;
  }

  private refuse(issues: readonly Issue[], field?: string): never {
    const found = issues.flatMap(({ path, keys, message }) => {
      const places = keys ? keys.map((key) => [...path, key]) : [path];
      return places.map((place) => ({
        at: [...(field === undefined ? [] : [field]), ...place].map(String),
        message,
      }));
    });
    throw new InvalidDocumentError(
      this.options.name,
      [...new Set(found.map(({ at }) => at[0] ?? ''))],
      found.map(({ at, message }) => `${at.join('.')}: ${message}`),
    );
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  /** Names that the schema does not know. */
  readonly keys?: readonly string[];
  readonly message: string;
}

export type FieldKind = 'text' | 'number' | 'truth' | 'other';

/** What a field holds, besides null and nothing. */
export function kindOf(schema: z.ZodType): FieldKind {
  const { type, innerType } = schema.def as { type: string; innerType?: z.ZodType };
  switch (type) {
    case 'optional':
    case 'nullable':
    case 'readonly':
      return kindOf(innerType!);
    case 'string':
    case 'enum':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'truth';
    default:
      return 'other';
  }
}
