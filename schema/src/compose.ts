import { existsSync, readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import { ownerDescriptions } from './owner-descriptions.ts';
import { readSupergraphConfig, SupergraphError } from './supergraph-config.ts';

/** A subgraph as composition sees it. */
export interface SubgraphSdl {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** What the subgraphs are together. */
export interface Composed {
  readonly supergraphSdl: string;
  /** What composes and is odd nevertheless; nothing to fail for. */
  readonly hints: readonly string[];
}

/** Composes the subgraphs that a supergraph.yaml names. Throws SupergraphError with every reason why not. */
export function composeSupergraph(yamlPath: string): Composed {
  const sources = readSupergraphConfig(yamlPath);
  const missing = sources.filter(({ file }) => !existsSync(file));
  if (missing.length > 0) {
    throw new SupergraphError(missing.map(({ name, file }) => `${name}: ${file} does not exist`));
  }
  return compose(
    sources.map(({ name, url, file }) => ({ name, url, sdl: readFileSync(file, 'utf8') })),
  );
}

/** Composes subgraphs. Throws SupergraphError with every reason why not. */
export function compose(subgraphs: readonly SubgraphSdl[]): Composed {
  const documents = ownerDescriptions(subgraphs.map(parsed));
  const { supergraphSdl, errors, hints } = composeServices(
    subgraphs.map(({ name, url }, index) => ({ name, url, typeDefs: documents[index]! })),
  );
  if (errors) throw new SupergraphError(errors.map(described));
  return { supergraphSdl: supergraphSdl + '\n', hints: hints.map((hint) => hint.toString()) };
}

/** What clients see of a supergraph: its schema without the router's own instructions. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  const supergraph = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  return supergraph.apiSchema().toGraphQLJSSchema();
}

function parsed({ name, sdl }: SubgraphSdl): DocumentNode {
  try {
    return parse(sdl);
  } catch (error) {
    throw new SupergraphError([`${name}: ${(error as Error).message}`]);
  }
}

function described({ message, extensions }: GraphQLError): string {
  const code = extensions['code'];
  return typeof code === 'string' ? `${code}: ${message}` : message;
}
