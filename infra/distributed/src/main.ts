/** Every part of Crema in a process of its own. Usage: npm run distributed -- --help */
import { join } from 'node:path';
import { readSupergraphConfig } from '@crema/schema';
import { welcome } from '@crema/standalone';
import { startDistributed, StartError, type Distributed } from './distributed.ts';
import { readOptions, USAGE } from './options.ts';

const SUPERGRAPH = join(import.meta.dirname, '../../../supergraph.yaml');

try {
  const subgraphs = readSupergraphConfig(SUPERGRAPH);
  const names = subgraphs.map(({ name }) => name);
  const options = readOptions(process.argv.slice(2), process.env, names);
  if (options === null) console.log(USAGE);
  else await run(options);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

async function run(options: NonNullable<ReturnType<typeof readOptions>>): Promise<void> {
  const hasColours = process.stderr.isTTY === true;
  const starting = new AbortController();
  const ending = endOnSignals(starting);
  const distributed = await startDistributed({
    ...options,
    hasColours,
    write: (text) => process.stderr.write(text),
    signal: starting.signal,
  });
  ending.owns(distributed);
  const seconds = (performance.now() / 1000).toFixed(1);
  const { DEMO_PASSWORD: password = 'espresso-macchiato-42', NODE_ENV } = options.env;
  console.log(
    welcome(
      distributed.url,
      {
        mode: NODE_ENV === 'production' ? 'production' : 'development',
        demo: options.demo ?? true,
        data: dataOf(options.env),
        outbox: `${originOf(distributed, 'notifications')}/dev/outbox`,
      },
      password,
      seconds,
    ),
  );
}

function originOf({ processes }: Distributed, part: string): string {
  return `http://127.0.0.1:${processes.find(({ plan }) => plan.part === part)!.plan.port}`;
}

/** Where data is, without what is secret in it. */
function dataOf(env: Readonly<Record<string, string | undefined>>): string {
  const urls = ['DATABASE_URL', 'DOCUMENTS_URL', 'EVENTS_URL', 'CACHE_URL'].flatMap((variable) =>
    env[variable] ? [env[variable].replace(/\/\/[^@/]*@/, '//').replace(/\?.*/, '')] : [],
  );
  return urls.length > 0 ? urls.join(', ') : 'files under .data/distributed';
}

/** The first Ctrl-C lets all processes end in order, the second ends them at once, and so does one at the start. */
function endOnSignals(starting: AbortController): { owns(distributed: Distributed): void } {
  let running: Distributed | null = null;
  let isEnding = false;
  const end = (): void => {
    if (!running || isEnding) {
      starting.abort(new StartError('Stopped.'));
      running?.abandon();
      process.exit(1);
    }
    isEnding = true;
    console.log('Finishing what is under way …');
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return {
    owns: (distributed) => {
      running = distributed;
    },
  };
}
