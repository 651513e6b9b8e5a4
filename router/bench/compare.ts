import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { GATEWAYS, type Gateway } from './gateways.ts';
import type { LoadOrder, LoadResult } from './load.ts';
import { answerOf, freePort, GatewayProcess, isPinned, startPart } from './processes.ts';
import { currentLoad, lineOf, writeReport, type Measured, type Outcome } from './report.ts';
import { PLACEHOLDER, UNIQUE_ID, uniqueId } from './unique-ids.ts';
import { Supergraphs, WORKLOADS, type Workload } from './workloads.ts';

/**
 * Measures gateways over the same subgraphs with the same requests, each in a process of its own:
 * `npm run bench:router -- [seconds] [word…]`. They take turns, some rounds of it, and the median round counts, so that what else
 * the machine does strikes all of them. With words only the gateways and workloads whose names hold one of them are measured,
 * and nothing is written down.
 */
const [secondsText = '8', ...words] = process.argv.slice(2);
const seconds = Number(secondsText);
const connections = 50;
/** Until the compilers of Node have seen enough. */
const WARM_UP = { seconds: 5, atLeast: 2_000 };
const START_LIMIT_MS = 60_000;
const ROUNDS = 5;
const UNIQUE_IDS = new RegExp(UNIQUE_ID, 'g');

buildRouter();
installPeers();
const sitting = { seconds, connections, isPinned, date: new Date(), load: currentLoad() };
const subgraphs = startPart('subgraphs.ts');
const supergraphs = await Supergraphs.write(await answerOf<number>(subgraphs));
const loader = startPart('load.ts');
const results: Measured[] = [];
for (const workload of chosen(WORKLOADS)) {
  const measured = await measuredUnder(workload);
  results.push(...measured);
  for (const one of measured) console.log(lineOf(one));
  // What has been measured is kept if the rest is not waited for.
  if (words.length === 0) await writeReport(results, sitting);
}
subgraphs.disconnect();
loader.disconnect();

/** Those that the words name; all when they name none. */
function chosen<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  const named = all.filter(({ name }) =>
    words.some((word) => name.toLowerCase().includes(word.toLowerCase())),
  );
  return named.length > 0 ? named : all;
}

/** All gateways under one workload, in turns. */
async function measuredUnder(workload: Workload): Promise<Measured[]> {
  const entrants: Entrant[] = [];
  for (const gateway of chosen(GATEWAYS)) entrants.push(await started(gateway, workload));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const entrant of entrants) await measure(entrant);
  }
  const truth = entrants.find(({ failure }) => failure === undefined)?.answer ?? '';
  const measured = entrants.map(async (entrant): Promise<Measured> => {
    const { name: gateway, deduplicates } = entrant.gateway;
    const outcome = await outcomeOf(entrant, truth);
    await entrant.process.end();
    return { gateway, workload: workload.name, deduplicates, outcome };
  });
  return Promise.all(measured);
}

/** Where a gateway is asked, and what. */
type Target = Pick<LoadOrder, 'port' | 'path' | 'body'>;

/** A gateway that takes part. */
interface Entrant {
  readonly gateway: Gateway;
  readonly process: GatewayProcess;
  readonly target: Target;
  answer: string;
  readonly rounds: Round[];
  /** Why it takes no part any more. */
  failure?: string;
}

interface Round extends LoadResult {
  readonly cpuMs: number;
}

async function started(gateway: Gateway, workload: Workload): Promise<Entrant> {
  const port = await freePort();
  const way = supergraphs.wayFor(gateway, workload, port);
  const process = new GatewayProcess(gateway.command(way), gateway.env?.(way) ?? {});
  const target = { port, path: gateway.path, body: workload.body };
  const entrant: Entrant = { gateway, process, target, answer: '', rounds: [] };
  await attempt(entrant, async () => {
    entrant.answer = await firstAnswer(process, target);
    await load(entrant, WARM_UP);
  });
  return entrant;
}

async function measure(entrant: Entrant): Promise<void> {
  if (entrant.failure !== undefined) return;
  await attempt(entrant, async () => {
    const before = await entrant.process.cpuMs();
    const result = await load(entrant, { seconds: seconds / ROUNDS });
    const cpuMs = ((await entrant.process.cpuMs()) - before) / result.requests;
    entrant.rounds.push({ ...result, cpuMs });
  });
}

async function attempt(entrant: Entrant, part: () => Promise<void>): Promise<void> {
  try {
    await part();
  } catch (reason) {
    entrant.failure = reason instanceof Error ? reason.message : String(reason);
  }
}

function load(
  { target, answer }: Entrant,
  time: Pick<LoadOrder, 'seconds' | 'atLeast'>,
): Promise<LoadResult> {
  return answerOf(loader, { ...target, connections, expected: answer, ...time });
}

async function outcomeOf(
  { process, answer, rounds, failure }: Entrant,
  truth: string,
): Promise<Measured['outcome']> {
  if (failure !== undefined) return { failure };
  const median = (of: (round: Round) => number): number =>
    rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? NaN;
  return {
    answer,
    equality: equalityOf(answer, truth),
    perSecond: median(({ requests, seconds }) => requests / seconds),
    p50Ms: median(({ p50Ms }) => p50Ms),
    p99Ms: median(({ p99Ms }) => p99Ms),
    cpuMs: median(({ cpuMs }) => cpuMs),
    wrong: rounds.reduce((sum, { wrong }) => sum + wrong, 0),
    peakMb: await process.peakMb(),
  };
}

/** Asks until there is an answer without errors; the placeholder stands in it for the id that was asked for. */
async function firstAnswer(process: GatewayProcess, { port, path, body }: Target): Promise<string> {
  const deadline = performance.now() + START_LIMIT_MS;
  let last = 'It did not start in time';
  while (performance.now() < deadline && !process.hasEnded) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: body.replaceAll(PLACEHOLDER, uniqueId(1)),
      });
      const text = await response.text();
      if (response.ok && !text.includes('"errors"'))
        return text.replaceAll(UNIQUE_IDS, PLACEHOLDER);
      last = text.slice(0, 300);
    } catch (reason) {
      // It does not listen yet.
      if (!(reason instanceof TypeError)) throw reason;
    }
    await delay(200);
  }
  throw new Error(process.hasEnded ? process.said : last);
}

function equalityOf(answer: string, truth: string): Outcome['equality'] {
  if (answer === truth) return 'bytes';
  const dataOf = (text: string): unknown => (JSON.parse(text) as { data: unknown }).data;
  return isDeepStrictEqual(dataOf(answer), dataOf(truth)) ? 'JSON' : 'different';
}

/** What is measured is what containers run. */
function buildRouter(): void {
  const program = fileURLToPath(new URL('../../infra/distributed/build.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [program, 'router'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The router could not be built');
}

/** What only the benchmark needs is installed when it is first run. */
function installPeers(): void {
  const cwd = fileURLToPath(new URL('peers', import.meta.url));
  if (existsSync(cwd + '/node_modules')) return;
  const { status } = spawnSync('npm', ['ci', '--no-workspaces'], { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error('The other gateways could not be installed');
}
