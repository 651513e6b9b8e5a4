/** Real servers without Docker. Usage: npm run services -- up|down|kill|status|env [name…] */
import { parseArgs } from 'node:util';
import { install, wordsFor } from './install.ts';
import { kill, logFile, start, stop, wipe } from './lifecycle.ts';
import { runningService, testVariable } from './running.ts';
import type { Server } from './server.ts';
import { serversNamed } from './servers.ts';
import { subgraphDatabases } from './subgraph-databases.ts';

const USAGE = `npm run services -- COMMAND [mysql] [postgres] [redis] [kafka] [mongodb]

  up      starts the servers that do not run, and returns when they answer
          --install  installs what is missing first
  down    stops them
          --wipe     and removes their data
  kill    ends them as a power cut would
  status  says what runs where
  env     prints where tests and Crema find them, for a shell: eval "$(npm run -s services -- env)"
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { install: { type: 'boolean' }, wipe: { type: 'boolean' } },
});
const [command, ...names] = positionals;

try {
  const servers = serversNamed(names);
  if (command === 'up') await up(servers);
  else if (command === 'down') await down(servers);
  else if (command === 'kill') await Promise.all(servers.map(kill));
  else if (command === 'status') await status(servers);
  else if (command === 'env') env(servers);
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function up(servers: readonly Server[]): Promise<void> {
  const missing = servers.flatMap((server) => server.missing());
  if (missing.length > 0) {
    if (!values.install) throw new Error(wordsFor(missing));
    install(missing);
  }
  const outcomes = await Promise.allSettled(
    servers.map(async (server) => {
      await start(server, subgraphDatabases());
      console.log(`${server.name} is ready at ${server.url}`);
    }),
  );
  const failed = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (failed.length > 0) throw new Error(failed.map((error: Error) => error.message).join('\n'));
}

async function down(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map(stop));
  if (values.wipe) servers.forEach(wipe);
}

async function status(servers: readonly Server[]): Promise<void> {
  const rows = await Promise.all(
    servers.map(async (server) => ({
      server: server.name,
      state: await stateOf(server),
      url: server.url,
      pid: runningService(server.name)?.pid ?? '',
      log: logFile(server),
    })),
  );
  console.table(rows);
}

async function stateOf(server: Server): Promise<string> {
  if (!runningService(server.name)) {
    return server.missing().length > 0 ? 'not installed' : 'stopped';
  }
  return server.probe().then(
    () => 'ready',
    () => 'not ready',
  );
}

/** The variables of tests, and those of Crema's processes; MySQL is the database where both run. */
function env(servers: readonly Server[]): void {
  console.log('# For tests, which find running servers without them too');
  for (const { name, url } of servers) console.log(`export ${testVariable(name)}=${url}`);
  console.log('# For npm run distributed');
  const crema = { mongodb: 'DOCUMENTS_URL', kafka: 'EVENTS_URL', redis: 'CACHE_URL' };
  for (const { name, url } of servers) {
    if (name === 'mysql') console.log(`export DATABASE_URL=${url}`);
    else if (name !== 'postgres') console.log(`export ${crema[name]}=${url}`);
    else if (servers.some((each) => each.name === 'mysql')) console.log(`# or DATABASE_URL=${url}`);
    else console.log(`export DATABASE_URL=${url}`);
  }
}
