import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
// As deep in the tree as `src/main.ts`, so that what is found from there is found from here.
const outfile = join(root, 'infra/standalone/dist/main.cjs');
const SOURCES = [
  'subgraphs',
  'infra/config/src',
  'router/src',
  'schema/events',
  'infra/standalone',
  'package-lock.json',
];

/** Binaries, which stay where they are, and clients of real servers, which standalone does not load. */
const OUTSIDE = [
  'libsql',
  '@node-rs/argon2',
  '@graphql-hive/router-query-planner',
  '@apollo/gateway',
  'graphiql',
  ...['ioredis', 'kafkajs', 'mongodb', 'mongoose', 'mysql2', 'pg'],
  // Loaded with the first message that goes out through them.
  ...['@sendgrid', 'nodemailer', 'twilio'],
];

/** What TypeORM would load for databases that are none of ours. */
const ABSENT = [
  '@google-cloud/spanner',
  '@sap/*',
  'better-sqlite3',
  'expo-sqlite',
  'hdb-pool',
  'mssql',
  'mysql',
  'oracledb',
  'pg-native',
  'pg-query-stream',
  'react-native-sqlite-storage',
  'redis',
  'sql.js',
  'sqlite3',
  'typeorm-aurora-data-api-driver',
];

/**
 * Makes one file of all of Crema's sources and the packages that they use, unless it is there and newer than all
 * of them: a start then reads that instead of thousands of files, and takes half the time. Gives the file's path.
 */
export async function build() {
  if (existsSync(outfile) && statSync(outfile).mtimeMs > newest(SOURCES)) return outfile;
  const esbuild = await import('esbuild');
  // Renamed when it is whole: whoever starts at the same time reads one or the other.
  const unfinished = outfile.replace('main.cjs', `main-${process.pid}.cjs`);
  await esbuild.build({
    entryPoints: [join(root, 'infra/standalone/src/main.ts')],
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    // Half of the packages are CommonJS, and what loads them may not be anything else.
    format: 'cjs',
    define: { 'import.meta.url': 'urlOfThisFile' },
    banner: { js: "const urlOfThisFile = require('node:url').pathToFileURL(__filename).href;" },
    target: 'node20',
    conditions: ['source'],
    external: [...OUTSIDE.flatMap((name) => [name, `${name}/*`]), ...ABSENT],
    // Schema types are named after their classes.
    keepNames: true,
    logLevel: 'error',
  });
  renameSync(unfinished, outfile);
  return outfile;
}

/** When the newest file below these paths was last changed, in milliseconds. */
function newest(paths) {
  const times = paths.flatMap((path) => {
    const at = join(root, path);
    if (!statSync(at).isDirectory()) return [statSync(at).mtimeMs];
    return readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
  });
  return Math.max(...times);
}
