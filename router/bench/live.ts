import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * How long it takes until the last of many WebSocket clients has an event that other subgraphs complete, and what each
 * connection costs: the router, and beside it `ws` alone. `npm run bench:live [-- CLIENTS]`.
 */
const clientCount = Number(process.argv[2] ?? 10_000);
const EVENTS = 8;
/** The first events find code that is not compiled yet. */
const WARM_UP = 3;

interface State {
  readonly publishedNs: string;
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly asked: { readonly subscriptions: number; readonly entities: number };
}

function start(program: string, args: readonly string[], options: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), args, {
    execArgv: ['--conditions=source', '--import', 'tsx', ...options],
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

async function answer<T>(part: ChildProcess, order?: object): Promise<T> {
  const message = once(part, 'message') as Promise<[T]>;
  if (order) part.send(order);
  return (await message)[0];
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const ms = (value: number): string => value.toFixed(0) + ' ms';

async function measured(kind: 'router' | 'ws'): Promise<string> {
  const server = start('live-server.ts', [kind], ['--expose-gc']);
  const { port } = await answer<{ port: number }>(server);
  const before = await answer<State>(server, { collect: true });
  const clients = start('live-clients.ts', [String(port), String(clientCount)], []);
  await answer(clients);
  // The last subscriptions are on their way.
  await pause(2_000);
  const after = await answer<State>(server, { collect: true });

  const walls: number[] = [];
  const cpus: number[] = [];
  let last = after;
  for (let event = 0; event < EVENTS; event += 1) {
    const told = answer<{ lastNs: string }>(clients);
    const { cpuMs } = await answer<State>(server, {});
    const { publishedNs } = await answer<State>(server, { publish: event });
    const { lastNs } = await told;
    last = await answer<State>(server, {});
    if (event < WARM_UP) continue;
    walls.push(Number(BigInt(lastNs) - BigInt(publishedNs)) / 1e6);
    cpus.push(last.cpuMs - cpuMs);
  }
  server.disconnect();
  clients.disconnect();
  const kib = (after.rssBytes - before.rssBytes) / clientCount / 1024;
  const { subscriptions, entities } = last.asked;
  const asked = kind === 'router' ? `${subscriptions} / ${entities / EVENTS}` : '–';
  const row = [kind, ms(median(walls)), ms(Math.max(...walls)), ms(median(cpus))];
  return `| ${[...row, kib.toFixed(1) + ' KiB', asked].join(' | ')} |`;
}

const startLoad = loadavg()[0]?.toFixed(1);
const rows = [await measured('ws'), await measured('router')];
const report = `# Live subscriptions

${clientCount} WebSocket clients with ids of their own follow one subscription; each event is 400 bytes long and needs one fetch of an
entity from another subgraph. The server has a process of its own, the clients share another. Median and maximum of ${EVENTS - WARM_UP}
events; the processor's time counts the whole server process, garbage collection included, for one event.

| server | last client has it | slowest event | processor time | memory per connection | upstream subscriptions / entity fetches per event |
|---|---|---|---|---|---|
${rows.join('\n')}

Node ${process.version}, ${availableParallelism()} processors (${cpus()[0]?.model.trim()}), ${new Date().toISOString().slice(0, 10)}; load of the
machine at the beginning ${startLoad}, at the end ${loadavg()[0]?.toFixed(1)}. \`npm run bench:live\` measures it again.
`;
await writeFile(new URL('RESULTS-live.md', import.meta.url), report);
console.log(report);
