import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, type CsvError } from 'csv-parse';
import { ImportError } from './import-error.ts';

export const COLUMNS = [
  'transaction_id',
  'transaction_date',
  'transaction_time',
  'transaction_qty',
  'store_id',
  'store_location',
  'product_id',
  'unit_price',
  'product_category',
  'product_type',
  'product_detail',
] as const;

export type Column = (typeof COLUMNS)[number];

/** One record of the file: its columns by name, trimmed. */
export interface SalesRecord {
  /** Where it begins in the file, the first line is 1. */
  readonly line: number;
  /** Null where the record has more or fewer columns than the header. */
  readonly values: Readonly<Record<Column, string>> | null;
  /** How many columns it has, and how many it should have. */
  readonly width: { readonly found: number; readonly wanted: number };
}

/** A longer record is none: somewhere a quotation mark was not closed. */
const MOST_BYTES_OF_RECORD = 20_000;

/**
 * Reads the records of a CSV file of sales, plain or gzipped, one after the other. `onBytes` is told how much of
 * the file has been read. Throws ImportError where it is no such file, whole and readable.
 */
export async function* readSalesFile(
  path: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<SalesRecord> {
  const isGzip = await startsAsGzip(path);
  const file = createReadStream(path, { highWaterMark: 256 * 1_024 });
  let bytes = 0;
  file.on('data', (chunk) => onBytes((bytes += chunk.length)));
  let lastLine = 0;
  const parser = parse({
    bom: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_BYTES_OF_RECORD,
    // When it fails, records that are parsed and not yet read are lost.
    on_record: (record, { lines }) => {
      lastLine = lines;
      return record;
    },
  });
  // What fails anywhere ends the parser, and so the loop below.
  const unpacked: Readable | PassThrough = isGzip ? createGunzip() : new PassThrough();
  pipeline(file, unpacked as PassThrough, parser, () => undefined);

  let header: ReadonlyMap<Column, number> | null = null;
  let wanted = 0;
  let extraLines = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      if (!header) {
        header = readHeader(path, record);
        wanted = record.length;
        continue;
      }
      // Within quotation marks the parser counts CRLF as two lines.
      const text = record.join('');
      const line = info.lines - extraLines - countOf(text, /[\r\n]/g);
      extraLines += countOf(text, /\r\n/g);
      yield {
        line,
        values: record.length === wanted ? valuesOf(record, header) : null,
        width: { found: record.length, wanted },
      };
    }
  } catch (error) {
    throw readable(path, error as NodeJS.ErrnoException | CsvError, lastLine);
  }
  if (!header) throw new ImportError(`${path} is empty.`);
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Bytes of the file as it lies on the disk. */
export async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new ImportError(`${path} is no file.`);
    return found.size;
  } catch (error) {
    throw readable(path, error as NodeJS.ErrnoException, 0);
  }
}

/** Whether it is gzipped, by its first bytes and whatever its name. */
async function startsAsGzip(path: string): Promise<boolean> {
  await sizeOf(path);
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readable(path, error as NodeJS.ErrnoException, 0);
  }
}

function readHeader(path: string, record: readonly string[]): ReadonlyMap<Column, number> {
  const names = record.map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length === COLUMNS.length) {
    throw new ImportError(
      `${path} is not a CSV of sales: its first line should be\n${COLUMNS.join(',')}`,
    );
  }
  if (missing.length > 0) throw new ImportError(`${path}: the header lacks ${missing.join(', ')}.`);
  const twice = COLUMNS.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice.length > 0) throw new ImportError(`${path}: the header has ${twice.join(', ')} twice.`);
  return new Map(COLUMNS.map((name) => [name, names.indexOf(name)]));
}

const valuesOf = (record: readonly string[], header: ReadonlyMap<Column, number>) =>
  Object.fromEntries([...header].map(([name, index]) => [name, record[index]!.trim()])) as Readonly<
    Record<Column, string>
  >;

function readable(path: string, error: NodeJS.ErrnoException | CsvError, lastLine: number): Error {
  if (error instanceof ImportError) return error;
  switch (error.code) {
    case 'ENOENT':
      return new ImportError(`There is no file ${path}.`);
    case 'EACCES':
      return new ImportError(`${path} may not be read by this user.`);
    case 'Z_BUF_ERROR':
      return new ImportError(`${path} is cut short: its gzip stream has no end.`);
    case 'Z_DATA_ERROR':
      return new ImportError(`${path} is damaged: ${error.message}.`);
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return new ImportError(
        `${path}: a quotation mark that is opened on line ${lastLine + 1} or after it is never closed.`,
      );
    default:
      return error;
  }
}
