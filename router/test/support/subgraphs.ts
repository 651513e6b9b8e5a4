import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/index.js';
import { execute, parse, subscribe, type GraphQLSchema } from 'graphql';
import type {
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../../src/index.ts';

export interface SubgraphDefinition {
  typeDefs: string;
  resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export type SubgraphDefinitions = Record<string, SubgraphDefinition>;

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible",
  "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize", "@cacheTag", "@tag", "@context", "@fromContext"])\n`;

const urlOf = (name: string): string => `http://${name}.subgraph.invalid/graphql`;

/** Composes the subgraphs; fails with composition's own words. */
export function composed(
  definitions: SubgraphDefinitions,
  url: (name: string) => string = urlOf,
): string {
  const services = Object.entries(definitions).map(([name, { typeDefs }]) => ({
    name,
    url: url(name),
    typeDefs: parse(LINK + typeDefs),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join('\n'));
  return supergraphSdl;
}

/** A subgraph that is executed in the same process and remembers what it was asked. */
export class LocalSubgraph implements SubgraphTransport {
  readonly schema: GraphQLSchema;
  readonly requests: SubgraphRequest[] = [];
  openSubscriptions = 0;
  isDown = false;

  constructor({ typeDefs, resolvers }: SubgraphDefinition) {
    this.schema = buildSubgraphSchema({
      typeDefs: parse(LINK + typeDefs),
      resolvers: resolvers as GraphQLResolverMap<unknown>,
    });
  }

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    this.requests.push(request);
    if (this.isDown) throw new Error('connect ECONNREFUSED 10.1.2.3:4001');
    const result = await execute({ ...this.call(request), rootValue: {} });
    const response = { ...result, errors: result.errors?.map((error) => error.toJSON()) };
    // One answer may be changed, the next may not.
    const isUnshared = this.requests.length % 2 === 0;
    return isUnshared ? { ...response, isUnshared } : deepFreeze(response);
  }

  async *subscribe(request: SubgraphRequest): AsyncGenerator<SubgraphResponse, void> {
    this.requests.push(request);
    const events = await subscribe(this.call(request));
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events.errors));
    this.openSubscriptions += 1;
    request.signal?.addEventListener('abort', () => void events.return());
    try {
      for await (const { data, errors } of events) {
        yield deepFreeze({ data, errors: errors?.map((error) => error.toJSON()) });
      }
    } finally {
      this.openSubscriptions -= 1;
    }
  }

  private call(request: SubgraphRequest) {
    return {
      schema: this.schema,
      document: parse(request.query),
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue: request,
    };
  }
}

/** Subgraphs in the same process, by name, and the transports that lead to them. */
export function localSubgraphs(definitions: SubgraphDefinitions) {
  const subgraphs = new Map(
    Object.entries(definitions).map(([name, definition]) => [name, new LocalSubgraph(definition)]),
  );
  const get = (name: string): LocalSubgraph => {
    const subgraph = subgraphs.get(name);
    if (!subgraph) throw new Error('No subgraph ' + name);
    return subgraph;
  };
  return { get, transports: ({ name }: Subgraph): SubgraphTransport => get(name) };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
