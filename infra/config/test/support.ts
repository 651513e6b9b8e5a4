import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@crema/kit/testing';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The path of a file with this text, which is thrown away after the tests. */
export function fileOf(text: string, name = 'settings.env'): string {
  const folder = mkdtempSync(join(tmpdir(), 'crema-config-'));
  folders.push(folder);
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Lets everything else go on until it is so; the test's own limit is the deadline. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** How long Vault is given for an answer: those timers are no pauses. */
const REQUEST_MS = 10_000;

/** A clock that stands still, and knows what was asked of it. */
export class HeardClock extends FakeClock {
  /** The times that were waited for, but those for an answer. */
  readonly pauses: number[] = [];

  override after(ms: number, work: () => void): () => void {
    if (ms !== REQUEST_MS) this.pauses.push(ms);
    return super.after(ms, work);
  }

  /** Lets the next pause begin, or the one that has begun and was not passed, and end; gives its length. */
  async passPause(): Promise<number> {
    await until(() => this.pauses.length > this.passed);
    const ms = this.pauses[this.passed++]!;
    this.advance(ms);
    return ms;
  }

  private passed = 0;
}
