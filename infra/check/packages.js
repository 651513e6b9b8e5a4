import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** esbuild's `external`: what the parts need of the registry, by the root's and their own package.json. */
export function externalsOf(root) {
  const subgraphs = readdirSync(join(root, 'subgraphs')).map((name) => `subgraphs/${name}`);
  return ['', 'router', ...subgraphs].flatMap((part) => {
    const manifest = JSON.parse(readFileSync(join(root, part, 'package.json'), 'utf8'));
    const needed = { ...manifest.dependencies, ...manifest.optionalDependencies };
    return Object.keys(needed).flatMap((name) => [name, `${name}/*`]);
  });
}
