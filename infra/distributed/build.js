// Makes `dist/main.js` of each part's sources, for bare Node; packages stay where they are. The router has more files:
// `dist/index.js`, which modules of hooks import as `@crema/router`, and those of the process that plans.
// `node infra/distributed/build.js [part…]`: all parts, or those that are named by their folder.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { externalsOf } from '../check/packages.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The folder of each part that is a process: the router, and every subgraph. */
const PARTS = [
  'router',
  ...readdirSync(join(root, 'subgraphs'))
    .filter((name) => name !== 'kit')
    .map((name) => `subgraphs/${name}`),
];

const named = process.argv.slice(2);
const parts = named.length > 0 ? named : PARTS;
const unknown = parts.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: the parts are ${PARTS.join(', ')}`);
  process.exit(1);
}
// Schema types are named after their classes. The router has none, and naming each of its closures would cost it time.
// What it needs for some settings only, as the clients of Redis and Kafka, is in files of its own, read when it is needed.
const isRouter = (part) => part === 'router';
const PLANNING = 'planning/isolated';
const ROUTER = [
  'main.ts',
  'index.ts',
  `${PLANNING}/planner-relay.js`,
  `${PLANNING}/planner-process.js`,
];
const entriesOf = (part) => (isRouter(part) ? ROUTER : ['main.ts']);
await bundle(parts.filter(isRouter), { keepNames: false, splitting: true });
await bundle(
  parts.filter((part) => !isRouter(part)),
  { keepNames: true },
);

async function bundle(parts, options) {
  if (parts.length === 0) return;
  const { outputFiles } = await build({
    entryPoints: parts.flatMap((part) =>
      entriesOf(part).map((file) => ({
        in: join(root, part, 'src', file),
        out: join(part, 'dist', parse(file).name),
      })),
    ),
    outdir: root,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    external: externalsOf(root),
    chunkNames: 'router/dist/[name]-[hash]',
    logLevel: 'error',
    ...options,
  });
  // What a file imports is there before it is.
  const entries = new Set(ROUTER.map((file) => `${parse(file).name}.js`));
  const isEntry = ({ path }) => entries.has(basename(path));
  for (const { path, contents } of outputFiles.sort((a, b) => isEntry(a) - isEntry(b))) {
    // Renamed when it is whole: whoever starts at the same time reads one or the other.
    const unfinished = `${path}.${process.pid}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, contents);
    renameSync(unfinished, path);
  }
  // Not before: until then whoever starts reads the chunks of the build before.
  if (options.splitting) removeChunksBut(new Set(outputFiles.map(({ path }) => path)));
}

/** Removes what earlier builds of the router split off, told by the hash in its name. */
function removeChunksBut(paths) {
  const folder = join(root, 'router/dist');
  for (const name of readdirSync(folder).filter((name) => /-[A-Z2-7]{8}\.js$/.test(name))) {
    // Another build may have removed it already.
    if (!paths.has(join(folder, name))) rmSync(join(folder, name), { force: true });
  }
}
