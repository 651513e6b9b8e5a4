// Makes one file of each part's sources, `dist/main.js`, for bare Node; packages stay where they are.
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

const { outputFiles } = await build({
  entryPoints: PARTS.map((part) => ({
    in: join(root, part, 'src/main.ts'),
    out: join(part, 'dist/main'),
  })),
  outdir: root,
  write: false,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  conditions: ['source'],
  external: externalsOf(root),
  // Schema types are named after their classes.
  keepNames: true,
  logLevel: 'error',
});
for (const { path, contents } of outputFiles) {
  // Renamed when it is whole: whoever starts at the same time reads one or the other.
  const unfinished = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}
