/** A document is plain JSON with a text id; instants are ISO 8601 text, which sorts as time does. */
export interface Document {
  readonly id: string;
}

export type Scalar = string | number | boolean | null;

export interface Range {
  readonly from?: string | number;
  readonly below?: string | number;
}

/** All must hold. A list means one of these; a range includes `from` and excludes `below`. */
export type Where<Doc> = {
  readonly [Field in keyof Doc]?: Scalar | readonly Scalar[] | Range;
};

export interface Find<Doc> {
  readonly where?: Where<Doc>;
  /** The last field must be unique within the rest (`id`, as a rule) for `after` to be exact. */
  readonly order?: readonly (readonly [field: keyof Doc & string, direction: 'asc' | 'desc'])[];
  /** The values of the order's fields in the last document already seen. */
  readonly after?: readonly Scalar[];
  readonly limit?: number;
}

export interface Change<Doc> {
  readonly set?: Partial<Doc>;
  /** Adds to numbers; a missing one counts as zero. */
  readonly add?: { readonly [Field in keyof Doc]?: number };
  /** Changes nothing where this does not hold. */
  readonly where?: Where<Doc>;
  /** The document to begin with where there is none; without it nothing is made. */
  readonly orInsert?: Doc;
  /** Applies the change at most once for this key and document, for ever: a repetition changes nothing. */
  readonly onceKey?: string;
}

/**
 * Documents of one kind. Each method is atomic over one document and nothing more: what a document store
 * without transactions can keep. Exactly-once comes from ids made of event ids and from `onceKey`.
 */
export interface Collection<Doc extends Document> {
  get(id: string): Promise<Doc | null>;
  /** For each id its document, or null, in the order of the ids. */
  getMany(ids: readonly string[]): Promise<(Doc | null)[]>;
  /** False when the id is taken; the document that is there stays. */
  insert(document: Doc): Promise<boolean>;
  /** Writes the document whether or not it is there. */
  put(document: Doc): Promise<void>;
  /** False when nothing was changed: no such document, `where` did not hold, or `onceKey` was used before. */
  change(id: string, change: Change<Doc>): Promise<boolean>;
  find(find: Find<Doc>): Promise<Doc[]>;
  count(where?: Where<Doc>): Promise<number>;
  /** Returns how many were removed. */
  remove(where: Where<Doc>): Promise<number>;
}

export interface CollectionOptions<Doc> {
  readonly name: string;
  /** Fields that are searched or sorted by, in order; `unique` where two documents may not share them. */
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
