/** One line of the whole's log, of whichever process. */
export type WriteLine = (process: string, line: string) => void;

const LEVELS: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info ',
  40: 'warn ',
  50: 'ERROR',
  60: 'FATAL',
};

/** What pino writes of every line and a person need not read. */
const KNOWN = new Set(['level', 'time', 'name', 'msg', 'err', 'pid', 'hostname', 'subgraph']);

/** A line of JSON as a person reads it; another line as it is. */
export function readable(line: string): string {
  const entry = parsed(line);
  if (!entry) return line;
  const { level, time, msg, err } = entry;
  const at = typeof time === 'number' ? new Date(time).toISOString().slice(11, 23) : '';
  const details = Object.entries(entry)
    .filter(([key]) => !KNOWN.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [at, LEVELS[Number(level)] ?? '', String(msg ?? ''), ...details, reasonOf(err)]
    .filter(Boolean)
    .join(' ');
}

function parsed(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function reasonOf(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const { message, stack } = err as { message?: string; stack?: string };
  return stack ? `\n  ${stack.split('\n').slice(0, 4).join('\n  ')}` : `(${message ?? 'an error'})`;
}

/** Cuts what a process writes into lines, however the pieces come. */
export function lineCutter(tell: (line: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop()!;
    for (const line of lines) tell(line);
  };
}

const COLOURS = [36, 33, 32, 35, 34, 96, 93, 92, 95];

/** Writes every line with its process's name before it, in a colour of its own where there are colours. */
export function prefixed(
  names: readonly string[],
  hasColours: boolean,
  write: (text: string) => void,
): WriteLine {
  const width = Math.max(...names.map((name) => name.length));
  return (process, line) => {
    const prefix = `${process.padEnd(width)} |`;
    const colour = COLOURS[names.indexOf(process) % COLOURS.length] ?? 0;
    const shown = hasColours ? `\u001b[${colour}m${prefix}\u001b[0m` : prefix;
    for (const each of readable(line).split('\n')) write(`${shown} ${each}\n`);
  };
}
