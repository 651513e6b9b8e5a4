import DataLoader from 'dataloader';

/** Reads many at once: an answer for each key, in the order of the keys. */
export type Batch<Value> = (keys: readonly string[]) => Promise<readonly Value[]>;

/** One way to read many at once, made once in `subgraph.ts`; each request reads through its own memory of it. */
export class Loader<Value> {
  constructor(readonly batch: Batch<Value>) {}
}

/** What one request (or one event of a subscription) has read. */
export class Loaders {
  private readonly loaders = new Map<Loader<unknown>, DataLoader<string, unknown>>();

  load<Value>(loader: Loader<Value>, key: string): Promise<Value> {
    return this.of(loader).load(key);
  }

  loadMany<Value>(loader: Loader<Value>, keys: readonly string[]): Promise<Value[]> {
    return Promise.all(keys.map((key) => this.load(loader, key)));
  }

  private of<Value>(loader: Loader<Value>): DataLoader<string, Value> {
    let dataLoader = this.loaders.get(loader);
    if (!dataLoader) {
      dataLoader = new DataLoader<string, unknown>(loader.batch, { maxBatchSize: 1_000 });
      this.loaders.set(loader, dataLoader);
    }
    return dataLoader as DataLoader<string, Value>;
  }
}

/** For each key its row, or null. */
export function inOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** For each key its rows, in their order. */
export function grouped<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const byKey = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) byKey.get(keyOf(row))?.push(row);
  return keys.map((key) => byKey.get(key)!);
}
