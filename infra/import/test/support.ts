import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openEmbeddedEventLog, silentLogger, systemClock, type EventLog } from '@crema/kit';
import { SalesImported } from '@crema/schema/events';
import type { z } from 'zod';
import { dataOf } from '../src/catalogue.ts';
import type { Crema } from '../src/crema.ts';
import { importSales, type ImportOptions, type ImportResult } from '../src/import-sales.ts';
import { readMapping } from '../src/mapping.ts';
import { withCrema } from '../src/open-crema.ts';
import { Report } from '../src/report.ts';
import { COLUMNS } from '../src/sales-file.ts';

export const HEADER = COLUMNS.join(',');

const folders: string[] = [];

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crema-import-test-'));
  folders.push(folder);
  return folder;
}

export function removeScratchFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

let made = 0;

/** A file of these lines, below the header unless told. */
export function fileOf(lines: readonly string[], { header = HEADER, gzip = false } = {}): string {
  const path = join(scratchFolder(), `sales-${made++}.csv`);
  const text = [header, ...lines].join('\n') + '\n';
  writeFileSync(path, gzip ? gzipSync(text) : text);
  return path;
}

export interface LineOf {
  readonly date?: string;
  readonly time?: string;
  readonly quantity?: number;
  readonly store?: readonly [id: number, name: string];
  readonly product?: readonly [id: number, name: string];
  readonly price?: string;
  readonly category?: string;
}

/** Two lattes in Harlem at 4.25 on a morning of January, unless told. */
export const lineOf = (
  transactionId: number,
  {
    date = '2023-01-31',
    time = '07:06:11',
    quantity = 2,
    store = [9, 'Harlem'],
    product = [39, 'Latte Rg'],
    price = '4.25',
    category = 'Coffee',
  }: LineOf = {},
): string =>
  [
    transactionId,
    date,
    time,
    quantity,
    ...store,
    product[0],
    price,
    category,
    'Espresso',
    product[1],
  ]
    .map(String)
    .join(',');

const silent = { begin: () => undefined, reach: () => undefined, end: () => undefined };

export interface Imported extends ImportResult {
  /** The lines of the report of what was left out, without its header. */
  readonly leftOut: readonly string[];
}

type Asked = Partial<ImportOptions> & { readonly signal?: AbortSignal };

/** Imports a file into a Crema. */
export async function importInto(crema: Crema, file: string, asked: Asked = {}): Promise<Imported> {
  const { signal = new AbortController().signal, ...options } = asked;
  const report = new Report(`${file}.bad-rows.csv`);
  const result = await importSales(
    { file, mapping: readMapping(undefined), isSold: false, isDryRun: false, ...options },
    { crema, report, progress: silent, clock: systemClock, signal },
  ).finally(() => report.close());
  const text = report.count > 0 ? readFileSync(report.path, 'utf8') : '';
  return { ...result, leftOut: text.split('\n').slice(1, -1) };
}

/** Imports a file into a data folder, as the command does. */
export const importAt = (
  dataDir: string,
  file: string,
  asked: Asked & { readonly env?: Record<string, string> } = {},
): Promise<Imported> => {
  const { env, ...options } = asked;
  return withCrema(
    { DATA_DIR: dataDir, DEMO: 'false', ...env },
    { isDryRun: options.isDryRun ?? false },
    (crema) => importInto(crema, file, options),
  );
};

type Fact = z.output<typeof SalesImported.data>;

/** Every imported sale that the log of a folder has. */
export async function salesAt(
  dataDir: string,
): Promise<(Fact['lines'][number] & Pick<Fact, 'cafeId'>)[]> {
  const log = logAt(dataDir);
  const sales = await salesIn(log);
  await log.close();
  return sales;
}

export async function salesIn(log: EventLog) {
  const sales: (Fact['lines'][number] & Pick<Fact, 'cafeId'>)[] = [];
  await log.read([SalesImported.topic], async (events) => {
    for (const event of events) {
      const fact = dataOf(SalesImported, event);
      if (fact) sales.push(...fact.lines.map((line) => ({ ...line, cafeId: fact.cafeId })));
    }
  });
  return sales.sort((a, b) => Number(a.transactionId) - Number(b.transactionId));
}

export const logAt = (dataDir: string): EventLog =>
  openEmbeddedEventLog({
    url: `file:${join(dataDir, 'events.db')}`,
    clock: systemClock,
    log: silentLogger,
  });

export const rowsIn = (tallies: ImportResult['fresh']): number =>
  [...tallies.values()].reduce((sum, { rows }) => sum + rows, 0);
