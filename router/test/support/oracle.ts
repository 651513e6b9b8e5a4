import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { localSubgraphs } from './subgraphs.ts';

/** Apollo's gateway over the same subgraphs: its answers are what ours are compared with. */
export interface Oracle {
  readonly schema: GraphQLSchema;
  execute(query: string, variables?: Record<string, unknown>): Promise<ExecutionResult>;
  close(): Promise<void>;
}

/**
 * Asks a subgraph for the oracle. An entity that is an interface object would tell the interface as its `__typename`, and
 * the oracle would forget the type of the object that it knew before, with all that is asked of that type.
 */
class OracleDataSource extends LocalGraphQLDataSource {
  override async process(
    options: Parameters<LocalGraphQLDataSource['process']>[0],
  ): ReturnType<LocalGraphQLDataSource['process']> {
    const { data, ...rest } = await super.process(options);
    const copy = structuredClone(data) as { _entities?: ({ __typename?: string } | null)[] } | null;
    for (const entity of copy?._entities ?? []) {
      const isObject = entity?.__typename && INTERFACE_OBJECTS.has(entity.__typename);
      if (isObject) delete entity.__typename;
    }
    return { ...rest, data: copy };
  }
}

/** Of the supergraphs that are tested with the oracle. */
const INTERFACE_OBJECTS = new Set(['Vessel']);

export async function createOracle(
  supergraphSdl: string,
  subgraphs: ReturnType<typeof localSubgraphs>,
): Promise<Oracle> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => new OracleDataSource(subgraphs.get(name).schema),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const { schema, executor } = await gateway.load();
  return {
    schema,
    async execute(query, variables = {}) {
      const document = parse(query);
      const errors = validate(schema, document);
      if (errors.length > 0) throw new Error(errors.join('\n'));
      const operation = document.definitions.find((one) => one.kind === 'OperationDefinition');
      const context = {
        request: { query, variables },
        document,
        operation,
        operationName: null,
        queryHash: query,
        source: query,
        context: {},
        cache: { get: async () => undefined, set: async () => {}, delete: async () => false },
        schema,
        logger: console,
        metrics: {},
        overallCachePolicy: { restrict() {}, replace() {}, policyIfCacheable: () => null },
      };
      const result = await executor(context as unknown as Parameters<typeof executor>[0]);
      return JSON.parse(JSON.stringify(result)) as ExecutionResult;
    },
    close: () => gateway.stop(),
  };
}
