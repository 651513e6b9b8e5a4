import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  apiSchemaOf,
  compose,
  eventSchemas,
  readSupergraphConfig,
  SupergraphError,
  type SubgraphSdl,
} from '@crema/schema';
import { routerSettings, routerYamlSchema } from '@crema/router';
import { settingGroups } from '@crema/standalone';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { introspectionFromSchema } from 'graphql';
import { envExample } from './env-example.ts';
import { printSubgraph } from './print-subgraphs.ts';

/** What is made from the code and committed, so that it can be read, reviewed and started from. */
export interface Generated {
  /** The text of each file, by its path from the project's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Why some of it could not be made. */
  readonly problems: readonly string[];
  /** What composition finds odd. */
  readonly hints: readonly string[];
}

/** Makes every generated file in memory. */
export async function generate(root: string): Promise<Generated> {
  const files = new Map<string, string>();
  const problems: string[] = [];
  const hints: string[] = [];

  const subgraphs: SubgraphSdl[] = [];
  for (const { name, url, file } of readSupergraphConfig(join(root, 'supergraph.yaml'))) {
    try {
      const sdl = await printSubgraph(name);
      files.set(relative(root, file), sdl);
      subgraphs.push({ name, url, sdl });
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length === 0) {
    try {
      const composed = compose(subgraphs);
      hints.push(...composed.hints);
      files.set('schema/supergraph.graphql', composed.supergraphSdl);
      files.set('clients/sdk/src/graphql-env.d.ts', introspectionTypes(composed.supergraphSdl));
    } catch (error) {
      if (!(error instanceof SupergraphError)) throw error;
      problems.push(...error.problems);
    }
  }
  for (const [owner, schema] of eventSchemas()) {
    files.set(`schema/events/${owner}.json`, JSON.stringify(schema, null, 2) + '\n');
  }
  files.set('.env.example', envExample(settingGroups));
  const yamlSchema = routerYamlSchema(routerSettings);
  files.set('router/router.schema.json', JSON.stringify(yamlSchema, null, 2) + '\n');
  return { files, problems, hints };
}

/** The files that are not on disk as they should be. */
export function staleFiles(root: string, { files }: Generated): readonly string[] {
  return [...files].filter(([path, text]) => read(join(root, path)) !== text).map(([path]) => path);
}

export function writeFiles(root: string, { files }: Generated): void {
  for (const [path, text] of files) writeFileSync(join(root, path), text);
}

const read = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null;

/** What gql.tada reads to type the operations of clients. */
export function introspectionTypes(supergraphSdl: string): string {
  const introspection = minifyIntrospection(introspectionFromSchema(apiSchemaOf(supergraphSdl)));
  return outputIntrospectionFile(introspection, {
    fileType: '.d.ts',
    shouldPreprocess: true,
    preamble: '/* Made by `npm run schema` from schema/supergraph.graphql. */',
  });
}
