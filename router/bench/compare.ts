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
 * Measures gateways over the same subgraphs with the same requests, one after the other, each in a process of its own:
 * `npm run bench:router -- [seconds] [word…]`. With words only the gateways and workloads whose names hold one of them are
 * measured, and nothing is written down.
 */
const [secondsText = '8', ...words] = process.argv.slice(2);
const seconds = Number(secondsText);
const connections = 50;
/** Until the compilers of Node have seen enough. */
const WARM_UP = { seconds: 5, atLeast: 2_000 };
const START_LIMIT_MS = 60_000;
const UNIQUE_IDS = new RegExp(UNIQUE_ID, 'g');

buildRouter();
installPeers();
const sitting = { seconds, connections, isPinned, date: new Date(), load: currentLoad() };
const subgraphs = startPart('subgraphs.ts');
const supergraphs = await Supergraphs.write(await answerOf<number>(subgraphs));
const loader = startPart('load.ts');
const results: Measured[] = [];
for (const workload of chosen(WORKLOADS)) {
  let truth: string | undefined;
  for (const gateway of chosen(GATEWAYS)) {
    const outcome = await outcomeOf(gateway, workload, truth);
    if (!('failure' in outcome)) truth ??= outcome.answer;
    const { name, deduplicates } = gateway;
    results.push({ gateway: name, workload: workload.name, deduplicates, outcome });
    results.slice(-1).forEach((one) => console.log(lineOf(one)));
  }
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

async function outcomeOf(
  gateway: Gateway,
  workload: Workload,
  truth: string | undefined,
): Promise<Measured['outcome']> {
  const port = await freePort();
  const way = supergraphs.wayFor(gateway, workload, port);
  const process = new GatewayProcess(gateway.command(way), gateway.env?.(way) ?? {});
  try {
    return await measure(process, { ...gateway, port, body: workload.body }, truth);
  } catch (reason) {
    return { failure: reason instanceof Error ? reason.message : String(reason) };
  } finally {
    await process.end();
  }
}

/** Where a gateway is asked, and what. */
type Target = Pick<LoadOrder, 'port' | 'path' | 'body'>;

async function measure(
  process: GatewayProcess,
  { port, path, body }: Target,
  truth: string | undefined,
): Promise<Outcome> {
  const answer = await firstAnswer(process, { port, path, body });
  const load = (time: Pick<LoadOrder, 'seconds' | 'atLeast'>): Promise<LoadResult> =>
    answerOf(loader, { port, path, body, connections, expected: answer, ...time });
  await load(WARM_UP);
  const before = await process.cpuMs();
  const result = await load({ seconds });
  const cpuMs = ((await process.cpuMs()) - before) / result.requests;
  const equality = equalityOf(answer, truth ?? answer);
  return { ...result, answer, equality, cpuMs, peakMb: await process.peakMb() };
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
