import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { localSubgraphs } from './subgraphs.ts';

/** Apollo's gateway over the same subgraphs: its answers are what ours are compared with. */
export interface Oracle {
  readonly schema: GraphQLSchema;
  execute(query: string, variables?: Record<string, unknown>): Promise<ExecutionResult>;
  close(): Promise<void>;
}

export async function createOracle(
  supergraphSdl: string,
  subgraphs: ReturnType<typeof localSubgraphs>,
): Promise<Oracle> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => new LocalGraphQLDataSource(subgraphs.get(name).schema),
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
