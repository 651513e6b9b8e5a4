import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSupergraphConfig } from '@crema/schema';
import { root } from '../src/project.ts';

/** The names of all subgraphs, as supergraph.yaml has them. */
export const subgraphNames: readonly string[] = readSupergraphConfig(
  join(root, 'supergraph.yaml'),
).map(({ name }) => name);

export const textOf = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

export const exists = (...path: string[]): boolean => existsSync(join(root, ...path));

/** What lies directly in a folder, sorted; folders end in a slash. What is built into `dist` does not count. */
export const entriesOf = (...path: string[]): readonly string[] =>
  readdirSync(join(root, ...path), { withFileTypes: true })
    .filter(({ name }) => name !== 'dist')
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort();

/** Every file below a folder, by its path from there; a slash between folders on every system. */
export const filesBelow = (...path: string[]): readonly string[] =>
  readdirSync(join(root, ...path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, ...path).length + 1))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
