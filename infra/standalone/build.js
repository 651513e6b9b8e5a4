import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { externalsOf } from '../check/packages.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
// As deep in the tree as `src/main.ts`, so that what is found from there is found from here.
const outfile = join(root, 'infra/standalone/dist/main.js');
const SOURCES = ['subgraphs', 'router/src', 'schema/events', 'infra/standalone', 'package.json'];

/**
 * Makes one file of all of Crema's own sources, unless it is there and newer than all of them: a start then
 * reads that instead of five hundred files through a loader, and takes half the time. Gives the file's path.
 */
export async function build() {
  if (existsSync(outfile) && statSync(outfile).mtimeMs > newest(SOURCES)) return outfile;
  const esbuild = await import('esbuild');
  // Renamed when it is whole: whoever starts at the same time reads one or the other.
  const unfinished = outfile.replace('main.js', `main-${process.pid}.js`);
  await esbuild.build({
    entryPoints: [join(root, 'infra/standalone/src/main.ts')],
    outfile: unfinished,
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
