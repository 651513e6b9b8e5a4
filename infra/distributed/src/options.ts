import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { namesOf, readEnvFile, refuseMisspelt, valuesOf } from '@crema/config';
import { serviceUrl, type ServiceName } from '@crema/services';
import { settingGroups } from '@crema/standalone';
import { StartError, type DistributedOptions } from './distributed.ts';

export const USAGE = `npm run distributed -- [options]

  --replicas orders=3     so many processes of a subgraph; again for another, or all=2 for every one
  --services              the servers that \`npm run services -- up\` started
  --env-file FILE         settings; the environment goes before them. Default: CONFIG_FILE, or .env, if there is one
  --help

DATABASE_URL, DOCUMENTS_URL, EVENTS_URL and CACHE_URL say where data is; without them it is in files under DATA_DIR.
`;

const SERVICES: Readonly<Record<string, ServiceName>> = {
  DATABASE_URL: 'mysql',
  DOCUMENTS_URL: 'mongodb',
  EVENTS_URL: 'kafka',
  CACHE_URL: 'redis',
};

type Environment = Record<string, string | undefined>;

/** Reads the command line and the environment; null when help is asked for. Throws StartError. */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Environment>,
  subgraphs: readonly string[],
): DistributedOptions | null {
  const values = parsed(argv);
  if (values.help) return null;
  const env: Environment = {
    ...fromFile(values['env-file'] ?? environment['CONFIG_FILE']),
    ...environment,
  };
  if (values.services) Object.assign(env, { ...servicesUrls(env) });
  return {
    env,
    replicas: replicasOf(values.replicas ?? [], subgraphs),
    port: portOf(env['PORT']),
    host: env['HOST'] || '127.0.0.1',
    demo: env['DEMO'] ? env['DEMO'] === 'true' : env['NODE_ENV'] !== 'production',
    ...(env['DATA_DIR'] && { folder: env['DATA_DIR'] }),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        replicas: { type: 'string', multiple: true },
        services: { type: 'boolean' },
        'env-file': { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

/** What is in the file; the processes are told it as their environment. */
function fromFile(path: string | undefined): Environment {
  if (!path && !existsSync('.env')) return {};
  try {
    const settings = readEnvFile(path || '.env', '--env-file');
    refuseMisspelt(settings, namesOf(settingGroups.map(({ shape }) => shape)));
    return valuesOf(settings);
  } catch (error) {
    throw new StartError((error as Error).message, { cause: error });
  }
}

/** What the environment already says stays. */
function servicesUrls(env: Readonly<Environment>): Environment {
  const wanted = Object.entries(SERVICES).filter(([variable]) => !env[variable]);
  const stopped = wanted.filter(([, service]) => serviceUrl(service) === undefined);
  if (stopped.length > 0) {
    const names = stopped.map(([, service]) => service).join(' ');
    throw new StartError(`Not running: ${names}. Start them with: npm run services -- up ${names}`);
  }
  return Object.fromEntries(wanted.map(([variable, service]) => [variable, serviceUrl(service)]));
}

function replicasOf(
  texts: readonly string[],
  subgraphs: readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const [, name, count] = /^([\w-]+)=([1-9]\d?)$/.exec(text) ?? [];
    if (!name) throw new StartError(`--replicas ${text}: must be NAME=COUNT, such as orders=3.`);
    for (const each of name === 'all' ? subgraphs : [name]) counts.set(each, Number(count));
  }
  return counts;
}

function portOf(text: string | undefined): number {
  const port = Number(text || 4000);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartError(`PORT must be a whole number from 0 to 65535, not ${text}.`);
}
