// Makes `dist/main.js` of each part's sources, for bare Node; packages stay where they are. The router has a second file,
// `dist/index.js`, which modules of hooks import as `@crema/router`.
// `node infra/distributed/build.js [part…]`: all parts, or those that are named by their folder.
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
await bundle(parts.filter(isRouter), { keepNames: false, splitting: true });
await bundle(
  parts.filter((part) => !isRouter(part)),
  { keepNames: true },
);

async function bundle(parts, options) {
  if (parts.length === 0) return;
  const { outputFiles } = await build({
    entryPoints: parts.flatMap((part) =>
      (isRouter(part) ? ['main', 'index'] : ['main']).map((file) => ({
        in: join(root, part, `src/${file}.ts`),
        out: join(part, 'dist', file),
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
  const isEntry = ({ path }) => /(main|index)\.js$/.test(path);
  for (const { path, contents } of outputFiles.sort((a, b) => isEntry(a) - isEntry(b))) {
    // Renamed when it is whole: whoever starts at the same time reads one or the other.
    const unfinished = `${path}.${process.pid}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, contents);
    renameSync(unfinished, path);
  }
}
