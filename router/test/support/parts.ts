/** An error as a part of an answer tells it. */
export interface PartError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What is told later at one place of an answer. */
export interface Increment {
  readonly data: Record<string, unknown> | null;
  readonly path: readonly (string | number)[];
  readonly label?: string;
  readonly errors?: readonly PartError[];
}

/** A part of an answer, as `deferSpec=20220824` says. */
export interface Part {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly PartError[];
  readonly incremental?: readonly Increment[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly hasNext: boolean;
}

export const PARTS = 'multipart/mixed;deferSpec=20220824';

const DELIMITER = '\r\n---';
const HEAD = '\r\ncontent-type: application/json\r\n\r\n';

/** The parts of a response, each as soon as it has come; fails when it does not end as it has to. */
export async function* partsOf(response: Response): AsyncGenerator<Part, void> {
  let text = '';
  const decoder = new TextDecoder();
  let isOpen = false;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf(DELIMITER); end >= 0; end = text.indexOf(DELIMITER)) {
      const part = text.slice(0, end);
      text = text.slice(end + DELIMITER.length);
      if (isOpen) yield readPart(part);
      else if (part !== '') throw new Error(`Nothing comes before the first part: ${part}`);
      isOpen = true;
    }
  }
  if (text !== '--\r\n') throw new Error(`This is not the end of an answer: ${text}`);
}

function readPart(text: string): Part {
  if (!text.startsWith(HEAD)) throw new Error(`This is not how a part begins: ${text}`);
  return JSON.parse(text.slice(HEAD.length)) as Part;
}

/** An answer that was put together of its parts. */
export interface Merged {
  readonly data: unknown;
  readonly errors: readonly PartError[];
  /** Where a fragment could not be told. */
  readonly failed: readonly (readonly (string | number)[])[];
}

/** Puts the parts together, as clients do. */
export function merged(parts: readonly Part[]): Merged {
  const [first, ...later] = parts;
  const increments = later.flatMap(({ incremental = [] }) => incremental);
  let data: unknown = first?.data;
  for (const { data: theirs, path } of increments) {
    if (theirs !== null) data = mergedAt(data, path, theirs);
  }
  return {
    data,
    errors: [...parts, ...increments].flatMap(({ errors = [] }) => errors),
    failed: increments.filter((one) => one.data === null).map(({ path }) => path),
  };
}

function mergedAt(ours: unknown, path: readonly (string | number)[], theirs: unknown): unknown {
  const [step, ...beneath] = path;
  if (step === undefined) return deeplyMerged(ours, theirs);
  if (typeof ours !== 'object' || ours === null) throw new Error(`Nothing is at ${path.join('.')}`);
  const copy = (Array.isArray(ours) ? [...ours] : { ...ours }) as Record<string | number, unknown>;
  if (!(step in copy)) throw new Error(`Nothing is at ${path.join('.')}`);
  copy[step] = mergedAt(copy[step], beneath, theirs);
  return copy;
}

function deeplyMerged(ours: unknown, theirs: unknown): unknown {
  if (typeof ours !== 'object' || ours === null) return theirs;
  if (typeof theirs !== 'object' || theirs === null) return theirs;
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) throw new Error('A list has another length now');
    return ours.map((item, index) => deeplyMerged(item, theirs[index]));
  }
  const all = { ...ours } as Record<string, unknown>;
  for (const [name, value] of Object.entries(theirs)) all[name] = deeplyMerged(all[name], value);
  return all;
}
