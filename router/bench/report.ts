import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import prettier from 'prettier';
import type { LoadResult } from './load.ts';

/** One gateway under one workload. */
export interface Measured {
  readonly gateway: string;
  readonly workload: string;
  readonly deduplicates: boolean;
  readonly outcome: Outcome | { readonly failure: string };
}

/** What a gateway came to: of the figures of its rounds the medians. */
export interface Outcome extends Pick<LoadResult, 'wrong' | 'p50Ms' | 'p99Ms'> {
  readonly perSecond: number;
  readonly answer: string;
  /** How its answer compares with that of the first gateway. */
  readonly equality: 'bytes' | 'JSON' | 'different';
  /** Time on the processor for one request, in ms. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** How the measuring was done. */
export interface Sitting {
  readonly seconds: number;
  readonly connections: number;
  readonly isPinned: boolean;
  readonly date: Date;
  /** What else the machine did when it began. */
  readonly load: number;
}

const RESULTS = new URL('RESULTS.md', import.meta.url);
const PEERS = new URL('peers/package.json', import.meta.url);

export const currentLoad = (): number => loadavg()[0] ?? 0;

/** One line for a terminal. */
export function lineOf({ gateway, workload, outcome }: Measured): string {
  return `${workload}: ${gateway}: ${cellsOf(outcome).join(', ')}`;
}

/** Writes the table of all results to RESULTS.md. */
export async function writeReport(results: readonly Measured[], sitting: Sitting): Promise<void> {
  const workloads = [...new Set(results.map(({ workload }) => workload))];
  const sections = workloads.map((workload) =>
    sectionOf(
      workload,
      results.filter((one) => one.workload === workload),
    ),
  );
  const text = [START, await circumstances(sitting), ...sections].join('\n\n');
  await writeFile(RESULTS, await prettier.format(text, { parser: 'markdown' }));
}

const START = `# Gateways compared

Made by \`npm run bench:router\`; [README](../README.md#how-fast-it-is) says what is measured and how. CPU is the time that the
gateway's process spent for a request, which tells more than requests a second where a machine has other work, too.`;

async function circumstances(sitting: Sitting): Promise<string> {
  const { seconds, connections, isPinned, date, load } = sitting;
  const { dependencies } = JSON.parse(await readFile(PEERS, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const pinned = isPinned
    ? 'the gateway on one of them, load and subgraphs on the other'
    : 'nothing pinned';
  return [
    `- ${date.toISOString().slice(0, 16)}Z, Node ${process.version}, ${cpus().length} × ${cpu?.model}, ${memory} GB, ${pinned}`,
    `- load of the machine before the first run: ${load.toFixed(1)}`,
    `- ${connections} connections, ${seconds} s each after a warm-up, in five rounds by turns; the median round counts`,
    `- ${Object.entries(dependencies)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
  ].join('\n');
}

function sectionOf(workload: string, results: readonly Measured[]): string {
  const rows = results.map(({ gateway, outcome }) => [gateway, ...cellsOf(outcome)]);
  const bytes = results.flatMap(({ outcome }) =>
    'failure' in outcome ? [] : [outcome.answer.length],
  )[0];
  return [
    `## ${workload}`,
    `An answer of ${bytes} bytes.`,
    tableOf([['gateway', 'rps', 'p50', 'p99', 'CPU', 'peak memory', 'answer'], ...rows]),
  ].join('\n\n');
}

function cellsOf(outcome: Measured['outcome']): string[] {
  if ('failure' in outcome) return [reasonIn(outcome.failure)];
  const { perSecond, p50Ms, p99Ms, cpuMs, peakMb, wrong, equality } = outcome;
  const same = { bytes: 'the same bytes', JSON: 'the same JSON', different: '**different**' };
  return [
    Math.round(perSecond).toLocaleString('en'),
    `${p50Ms.toFixed(1)} ms`,
    `${p99Ms.toFixed(1)} ms`,
    `${cpuMs.toFixed(3)} ms`,
    `${Math.round(peakMb)} MB`,
    same[equality] + (wrong > 0 ? `, ${wrong} wrong` : ''),
  ];
}

/** The line that tells what is wrong, of all that a process printed. */
function reasonIn(output: string): string {
  const lines = output.split('\n').filter(Boolean);
  const told = lines.find((line) => /\w*Error\b.*:/.test(line)) ?? lines[0] ?? 'failed';
  return told.replaceAll('|', '\\|').slice(0, 200);
}

function tableOf([header = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${header.map((_, index) => cells[index] ?? '–').join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 ? '---' : '--:'));
  return [header, rule, ...rows].map(line).join('\n');
}
