import { ImportError } from './import-error.ts';
import type { Product, Store } from './plan.ts';
import type { Report } from './report.ts';
import { isBad, readSaleRow, type SaleRow } from './sale-row.ts';
import { readSalesFile } from './sales-file.ts';
import type { Staging } from './staging.ts';

/** What a file has, besides its lines. */
export interface FileContent {
  /** Lines below the header, whatever they are. */
  readonly lines: number;
  readonly bad: number;
  /** Lines that stand in the file more than once, beyond the first time. */
  readonly repeated: number;
  readonly stores: readonly Store[];
  readonly products: readonly Product[];
}

const MOST_STORES = 2_000;
const MOST_PRODUCTS = 20_000;

/** A store's or product's last line: what it is called there holds. */
interface Named<Item> {
  readonly item: Item;
  readonly when: string;
}

/** Reads all of a file into the staging file; bad lines go into the report. */
export async function readFile(
  path: string,
  staging: Staging,
  report: Report,
  onBytes: (bytes: number) => void,
): Promise<FileContent> {
  const stores = new Map<string, Named<Store>>();
  const products = new Map<string, Named<Product>>();
  let lines = 0;
  let repeated = 0;
  const tell = (repetitions: ReturnType<Staging['add']>) => {
    for (const { line, firstLine, transactionId, isSame } of repetitions) {
      if (isSame) repeated += 1;
      else {
        const reason = `${transactionId} stands on line ${firstLine} too, where it is another sale`;
        report.add({ line, column: 'transaction_id', reason });
      }
    }
  };

  for await (const record of readSalesFile(path, onBytes)) {
    lines += 1;
    const row = readSaleRow(record);
    if (isBad(row)) {
      report.add(row);
      continue;
    }
    const { storeId, storeName, productId, productName, category, priceHundredths } = row;
    keepLast(stores, row, { id: storeId, name: storeName });
    keepLast(products, row, { id: productId, name: productName, category, priceHundredths });
    requireFew(path, stores.size, MOST_STORES, 'store_id');
    requireFew(path, products.size, MOST_PRODUCTS, 'product_id');
    tell(staging.add(row));
  }
  tell(staging.flush());
  return {
    lines,
    repeated,
    bad: report.count,
    stores: [...stores.values()].map(({ item }) => item),
    products: [...products.values()].map(({ item }) => item),
  };
}

function keepLast<Item extends { id: string }>(
  items: Map<string, Named<Item>>,
  { day, time }: SaleRow,
  item: Item,
): void {
  const when = `${day} ${time}`;
  const known = items.get(item.id);
  if (!known || known.when <= when) items.set(item.id, { item, when });
}

function requireFew(path: string, count: number, most: number, column: string): void {
  if (count > most) {
    throw new ImportError(`${path} has more than ${most} values of ${column}: is that the column?`);
  }
}
