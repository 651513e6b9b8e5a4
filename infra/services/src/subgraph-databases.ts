import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const supergraph = resolve(import.meta.dirname, '../../../supergraph.yaml');

/** The databases that the subgraphs use where the address of a server names none: crema_orders. */
export function subgraphDatabases(): readonly string[] {
  const { subgraphs } = parse(readFileSync(supergraph, 'utf8')) as { subgraphs: object };
  return Object.keys(subgraphs).map((name) => `crema_${name}`);
}
