import { readFile } from 'node:fs/promises';
import { InvalidManifestError } from './manifest.ts';

/** Reads the text of a manifest. Rejects with an `InvalidManifestError` when there is none. */
export async function readManifest(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new InvalidManifestError(`${file}: ${reason}`);
  }
}
