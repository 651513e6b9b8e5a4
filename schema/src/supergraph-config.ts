import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const shape = z.object({
  federation_version: z.string().optional(),
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) }),
  ),
});

/** One subgraph of a supergraph: what it is called, where it listens, where its SDL is. */
export interface SubgraphSource {
  readonly name: string;
  readonly url: string;
  /** Absolute. */
  readonly file: string;
}

/** What is wrong with a supergraph or one of its files, for a person to read. */
export class SupergraphError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SupergraphError';
  }
}

/** Reads a supergraph.yaml in rover's format. Throws SupergraphError. */
export function readSupergraphConfig(yamlPath: string): readonly SubgraphSource[] {
  const result = shape.safeParse(parse(readFileSync(yamlPath, 'utf8')));
  if (!result.success) {
    throw new SupergraphError(
      result.error.issues.map(({ path, message }) => `${yamlPath}: ${path.join('.')}: ${message}`),
    );
  }
  return Object.entries(result.data.subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    file: resolve(dirname(yamlPath), schema.file),
  }));
}
