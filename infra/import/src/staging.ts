import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { SaleRow } from './sale-row.ts';

/** A sale that is in the event log. */
export interface KnownSale {
  readonly transactionId: string;
  readonly cafeId: string;
  readonly productId: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** A line of the file, and the sale of the same transaction that is in the event log. */
export interface StagedRow extends Pick<
  SaleRow,
  'line' | 'transactionId' | 'productId' | 'time' | 'quantity' | 'priceHundredths'
> {
  readonly known: Omit<KnownSale, 'transactionId'> | null;
}

export interface StoreDay {
  readonly storeId: string;
  readonly day: string;
}

/** A line whose transaction stands on another line already. */
export interface Repetition {
  readonly line: number;
  readonly firstLine: number;
  readonly transactionId: string;
  /** Whether both lines say the same. */
  readonly isSame: boolean;
}

const WRITTEN_AT_ONCE = 500;
const CACHE_KIB = 8_192;

const PRAGMAS = [
  'journal_mode = OFF',
  'synchronous = OFF',
  `cache_size = -${CACHE_KIB}`,
  'temp_store = 1',
];

const TABLES = `
  CREATE TABLE rows (
    id TEXT PRIMARY KEY, line INTEGER, store TEXT, day TEXT, time TEXT, quantity INTEGER, price INTEGER,
    product TEXT) WITHOUT ROWID;
  CREATE INDEX ix_rows ON rows (store, day, time, line);
  CREATE TABLE known (
    id TEXT PRIMARY KEY, cafe TEXT, product TEXT, at INTEGER, quantity INTEGER, price INTEGER) WITHOUT ROWID;
`;

type Cells = readonly (string | number)[];

/**
 * A file for the time of one import: the lines of any number, in the order of stores and days, each transaction
 * once, beside what the event log has of them. So the import needs no more memory for more lines.
 */
export class Staging {
  private readonly folder = mkdtempSync(join(tmpdir(), 'crema-import-'));
  private readonly file = new Libsql(join(this.folder, 'staging.db'));
  private rows: Cells[] = [];
  private known: Cells[] = [];

  constructor() {
    for (const pragma of PRAGMAS) this.file.exec(`PRAGMA ${pragma}`);
    this.file.exec(TABLES);
  }

  /** Adds a line; tells which of the lines that were added have a transaction that stands on an earlier one. */
  add({ transactionId, line, storeId, day, time, quantity, ...row }: SaleRow): Repetition[] {
    this.rows.push([
      ...[transactionId, line, storeId, day, time],
      ...[quantity, row.priceHundredths, row.productId],
    ]);
    return this.rows.length >= WRITTEN_AT_ONCE ? this.flush() : [];
  }

  /** Writes what was added and not yet written. */
  flush(): Repetition[] {
    const rows = JSON.stringify(this.rows);
    const { length } = this.rows;
    this.rows = [];
    const { changes } = this.file
      .prepare(
        `INSERT INTO rows SELECT ${cells(8)} FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
      )
      .run(rows);
    if (changes === length) return [];
    const repetitions = this.file
      .prepare(
        `SELECT j.value ->> 1 AS line, r.line AS firstLine, r.id AS transactionId,
           (r.store, r.day, r.time, r.quantity, r.price, r.product) = (${cells(8, 2, 'j.')}) AS isSame
         FROM json_each(?) j JOIN rows r ON r.id = j.value ->> 0 WHERE r.line <> j.value ->> 1
         ORDER BY 1`,
      )
      .all(rows) as (Omit<Repetition, 'isSame'> & { isSame: number })[];
    return repetitions.map((each) => ({ ...each, isSame: each.isSame === 1 }));
  }

  /** Notes sales that the event log has. */
  know(sales: readonly KnownSale[]): void {
    for (const { transactionId, cafeId, productId, at, quantity, unitPriceMinor } of sales) {
      this.known.push([transactionId, cafeId, productId, at, quantity, unitPriceMinor]);
    }
    this.file
      .prepare(
        `INSERT INTO known SELECT ${cells(6)} FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
      )
      .run(JSON.stringify(this.known));
    this.known = [];
  }

  count(): number {
    const { count } = this.file.prepare('SELECT count(*) AS count FROM rows').get() as {
      count: number;
    };
    return count;
  }

  /** Every store and day of which there are lines, in their order. */
  storeDays(): readonly StoreDay[] {
    return this.file
      .prepare('SELECT DISTINCT store AS storeId, day FROM rows ORDER BY day, store')
      .all() as StoreDay[];
  }

  /** The lines of a store and day by their times, some at once. */
  *rowsOf({ storeId, day }: StoreDay, atOnce: number): Generator<readonly StagedRow[]> {
    const select = this.file.prepare(
      `SELECT r.id, r.line, r.time, r.quantity, r.price, r.product, k.id AS known, k.cafe AS knownCafe,
         k.product AS knownProduct, k.at AS knownAt, k.quantity AS knownQuantity, k.price AS knownPrice
       FROM rows r LEFT JOIN known k ON k.id = r.id
       WHERE r.store = ? AND r.day = ? AND (r.time, r.line) > (?, ?) ORDER BY r.time, r.line LIMIT ?`,
    );
    let after: Cells = ['', 0];
    for (;;) {
      const found = select.all(storeId, day, ...after, atOnce) as FoundRow[];
      if (found.length > 0) yield found.map(stagedRow);
      const last = found.at(-1);
      if (!last || found.length < atOnce) return;
      after = [last.time, last.line];
    }
  }

  close(): void {
    this.file.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface FoundRow {
  readonly id: string;
  readonly line: number;
  readonly time: string;
  readonly quantity: number;
  readonly price: number;
  readonly product: string;
  readonly known: string | null;
  readonly knownCafe: string;
  readonly knownProduct: string;
  readonly knownAt: number;
  readonly knownQuantity: number;
  readonly knownPrice: number;
}

const stagedRow = (row: FoundRow): StagedRow => ({
  line: row.line,
  transactionId: row.id,
  productId: row.product,
  time: row.time,
  quantity: row.quantity,
  priceHundredths: row.price,
  known:
    row.known === null
      ? null
      : {
          cafeId: row.knownCafe,
          productId: row.knownProduct,
          at: row.knownAt,
          quantity: row.knownQuantity,
          unitPriceMinor: row.knownPrice,
        },
});

/** The cells of a row that is an array in JSON, from one on. */
const cells = (count: number, from = 0, of = ''): string =>
  Array.from({ length: count - from }, (_, index) => `${of}value ->> ${index + from}`).join(', ');
