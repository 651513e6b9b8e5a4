import type { z } from 'zod';

/**
 * A document is plain JSON with a text id; instants are ISO 8601 text, which sorts as time does. A field's
 * name begins with a letter; of nested values only the whole is read and written.
 */
export interface Document {
  readonly id: string;
}

export type Scalar = string | number | boolean | null;

/** Compares like with like: text with text, numbers with numbers. What lacks the field is in no range. */
export interface Range {
  readonly from?: string | number;
  readonly below?: string | number;
}

/**
 * All must hold. A list means one of these; a range includes `from` and excludes `below`; null also finds
 * what lacks the field.
 */
export type Where<Doc> = {
  readonly [Field in keyof Doc]?: Scalar | readonly Scalar[] | Range;
};

export interface Find<Doc> {
  readonly where?: Where<Doc>;
  /** The last field must be unique within the rest (`id`, as a rule) for `after` to be exact. */
  readonly order?: readonly (readonly [field: keyof Doc & string, direction: 'asc' | 'desc'])[];
  /** The values of the order's fields, all of them, in the last document already seen. */
  readonly after?: readonly (string | number)[];
  readonly limit?: number;
}

export interface Change<Doc> {
  /** Fields that are undefined are left alone. */
  readonly set?: Partial<Omit<Doc, 'id'>>;
  /** Adds to numbers; a missing one counts as zero. */
  readonly add?: { readonly [Field in keyof Doc]?: number };
  /** Changes nothing where this does not hold. It is not asked of a document that is begun. */
  readonly where?: Where<Omit<Doc, 'id'>>;
  /** The document to begin with, and to change at once, where there is none; without it nothing is made. */
  readonly orInsert?: Doc;
  /**
   * Applies the change at most once for this key and document: a repetition changes nothing. The keys live
   * and end with the document and are kept within it: tens of thousands are too many for one.
   */
  readonly onceKey?: string;
}

export interface Totals<Doc> {
  readonly by: keyof Doc & string;
  readonly sum?: readonly (keyof Doc & string)[];
  readonly where?: Where<Doc>;
}

/** What the documents that share a value have together. */
export interface Total {
  readonly key: Scalar;
  readonly count: number;
  /** By field; integers stay exact. */
  readonly sums: Readonly<Record<string, number>>;
}

/**
 * Documents of one kind. Each method that writes is atomic over one document and nothing more: what a document
 * store without transactions can keep. Exactly-once comes from ids made of event ids and from `onceKey`.
 * What is not as the collection's schema says is refused with InvalidDocumentError and not written.
 */
export interface Collection<Doc extends Document> {
  get(id: string): Promise<Doc | null>;
  /** For each id its document, or null, in the order of the ids. */
  getMany(ids: readonly string[]): Promise<(Doc | null)[]>;
  /** False when the id, or what a unique index keeps single, is taken; the document that is there stays. */
  insert(document: Doc): Promise<boolean>;
  /** Writes the document anew, whether or not it is there; `onceKey`s used on an earlier one are forgotten. */
  put(document: Doc): Promise<void>;
  /** False when nothing was changed: no such document, `where` did not hold, or `onceKey` was used before. */
  change(id: string, change: Change<Doc>): Promise<boolean>;
  find(find: Find<Doc>): Promise<Doc[]>;
  count(where?: Where<Doc>): Promise<number>;
  /** For each value of a field, in their order: how many documents have it, and the sums of some other fields. */
  totals(totals: Totals<Doc>): Promise<Total[]>;
  /** Returns how many were removed. */
  remove(where: Where<Doc>): Promise<number>;
}

export interface CollectionOptions<Doc> {
  readonly name: string;
  /**
   * Every field with its kind; whatever it does not name must be of its catch-all's kind or is refused. It only
   * checks: what it would make of a value, a default or another form, is not written.
   */
  readonly schema: z.ZodObject & z.ZodType<Doc>;
  /**
   * Fields that are searched or sorted by, in order; `unique` where two documents may not share them, and then
   * every document has them all.
   */
  readonly indexes: readonly {
    readonly fields: readonly (keyof Doc & string)[];
    readonly unique?: boolean;
  }[];
}

/** A subgraph's own documents. */
export interface Documents {
  /** Makes the collection and its indexes where they are missing. */
  collection<Doc extends Document>(options: CollectionOptions<Doc>): Promise<Collection<Doc>>;
  close(): Promise<void>;
}
