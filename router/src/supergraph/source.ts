import { readFile } from 'node:fs/promises';
import { request } from 'undici';

/** The supergraph schema could not be had from where it should be. */
export class SupergraphUnreadableError extends Error {
  constructor(source: string, reason: string) {
    super(`Cannot read the supergraph from ${source}: ${reason}`);
    this.name = 'SupergraphUnreadableError';
  }
}

const TIMEOUT_MS = 4_000;

/** Reads a supergraph schema from a file, or from an http or https URL. */
export async function readSupergraph(source: string): Promise<string> {
  try {
    const text = /^https?:\/\//.test(source)
      ? await download(source)
      : await readFile(source, 'utf8');
    if (text.trim() === '') throw new Error('it is empty');
    return text;
  } catch (thrown) {
    throw new SupergraphUnreadableError(source, reasonOf(thrown));
  }
}

async function download(url: string): Promise<string> {
  const response = await request(url, { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  const text = await response.body.text();
  if (response.statusCode !== 200) throw new Error(`the server answered ${response.statusCode}`);
  return text;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host is unknown',
};

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const code = 'code' in thrown ? String(thrown.code) : '';
  return REASONS[code] ?? (thrown.message || code);
}
