import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { ImportError } from './import-error.ts';
import type { BadRow } from './sale-row.ts';

/** The lines that were left out, and why: a CSV of its own. It is there when there are any. */
export class Report {
  count = 0;
  /** The first of them, for the screen. */
  readonly first: BadRow[] = [];
  private file: number | null = null;

  constructor(readonly path: string) {
    // What an earlier import left out says nothing of this one.
    try {
      rmSync(path, { force: true });
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  add(row: BadRow): void {
    if (this.file === null) {
      try {
        this.file = openSync(this.path, 'w');
      } catch (error) {
        throw unwritable(this.path, error);
      }
      writeSync(this.file, 'line,column,reason\n');
    }
    this.count += 1;
    if (this.first.length < 10) this.first.push(row);
    writeSync(this.file, [row.line, row.column ?? '', row.reason].map(cell).join(',') + '\n');
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }
}

const unwritable = (path: string, error: unknown): ImportError =>
  new ImportError(`${path} cannot be written: ${(error as Error).message}`);

const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
