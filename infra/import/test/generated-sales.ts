import { closeSync, openSync, writeSync } from 'node:fs';
import { HEADER } from './support.ts';

const STORES = ['3,Astoria', '5,Lower Manhattan', "8,Hell's Kitchen"];
const PRODUCTS = Array.from({ length: 80 }, (_, index) => ({
  id: index + 1,
  price: (index % 20) + 0.25 * (index % 4) + 1,
  names: `Category ${index % 9},Type ${index % 29},Product ${index + 1}`,
}));
const DAY_MS = 86_400_000;

/**
 * Writes a file of so many sales of three stores, spread over so many days from the beginning of 2023 on: of the
 * same kind, size and order as what shops export, and the same for the same numbers.
 */
export function writeGeneratedSales(path: string, rows: number, days: number): void {
  const file = openSync(path, 'w');
  let seed = 1;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  writeSync(file, `${HEADER}\n`);
  let text = '';
  for (let row = 0; row < rows; row++) {
    const day = Math.floor((row * days) / rows);
    const withinDay = row - Math.ceil((day * rows) / days);
    const second = 7 * 3_600 + Math.floor((withinDay * 13 * 3_600 * days) / rows);
    const at = new Date(Date.UTC(2023, 0, 1) + day * DAY_MS + second * 1_000).toISOString();
    const { id, price, names } = PRODUCTS[next(PRODUCTS.length)]!;
    const store = STORES[next(STORES.length)]!;
    text += `${row + 1},${at.slice(0, 10)},${at.slice(11, 19)},${next(3) + 1},${store},${id},${price},${names}\n`;
    if (text.length > 1_000_000 || row === rows - 1) {
      writeSync(file, text);
      text = '';
    }
  }
  closeSync(file);
}
