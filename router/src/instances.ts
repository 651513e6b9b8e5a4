import type { Problem } from '@crema/config';

/** The URLs of subgraphs' instances, as they were configured. */
export class Instances {
  constructor(
    /** By the name in capitals with `_` for all but letters and digits, as in SUBGRAPH_NAME_URL. */
    private readonly urls: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** Undefined for a subgraph of which nothing was configured. */
  of(subgraph: string): readonly string[] | undefined {
    return this.urls.get(keyOf(subgraph));
  }

  /** What was configured for none of these subgraphs, and so can only be a mistake. */
  strangersTo(subgraphs: readonly string[]): readonly string[] {
    const known = new Set(subgraphs.map(keyOf));
    return [...this.urls.keys()].filter((key) => !known.has(key));
  }
}

const VARIABLE = /^SUBGRAPH_([A-Z0-9_]+)_URL$/;

/**
 * Reads options `NAME=URL,URL`, variables `SUBGRAPH_NAME_URL` and what is told of subgraphs by name, which goes before what comes
 * after it. Adds to `problems` what is wrong.
 */
export function readInstances(
  options: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  told: readonly (readonly [name: string, { url?: string | readonly string[] | undefined }])[],
  problems: Problem[],
): Instances {
  const urls = new Map<string, readonly string[]>();
  for (const [name, { url }] of told) {
    const text = typeof url === 'string' ? url : url?.join(',');
    if (text !== undefined) urls.set(keyOf(name), urlsOf(`SUBGRAPHS ${name}.url`, text, problems));
  }
  for (const [variable, text] of Object.entries(env)) {
    const key = VARIABLE.exec(variable)?.[1];
    if (key !== undefined && text) urls.set(key, urlsOf(variable, text, problems));
  }
  for (const option of options) {
    const [, name, text] = /^([^=]+)=(.+)$/.exec(option) ?? [];
    if (name && text) urls.set(keyOf(name), urlsOf(`--subgraph ${name}`, text, problems));
    else problems.push({ settings: ['--subgraph'], message: 'must be NAME=URL, or NAME=URL,URL' });
  }
  return new Instances(urls);
}

const keyOf = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '_');

function urlsOf(source: string, text: string, problems: Problem[]): readonly string[] {
  const urls = text
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean);
  const isRight = urls.every((url) => URL.canParse(url) && /^https?:\/\//.test(url));
  if (!isRight || urls.length === 0) {
    problems.push({
      settings: [source],
      message: 'must be http or https URLs separated by commas',
    });
  }
  return urls;
}
