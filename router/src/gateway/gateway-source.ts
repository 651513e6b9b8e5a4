import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import type { Run } from '../execution/run.ts';
import { isMeantForClient, unavailable } from '../execution/subgraph-errors.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';

type Options = Parameters<GraphQLDataSource['process']>[0];
type Response = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** A subgraph as ApolloGateway asks it, by the way that the router has to it. */
export class GatewaySource implements GraphQLDataSource {
  constructor(
    private readonly name: string,
    private readonly transport: SubgraphTransport,
  ) {}

  /** Rejects with the error that the client is to see when the subgraph cannot be asked. */
  async process({ request, context }: Options): Promise<Response> {
    const { run } = context as { run: Run };
    const { requestId, signal, log, via } = run.request;
    const { query = '', variables = {}, operationName } = request;
    const warn = (err: unknown, message: string): void =>
      log.warn({ requestId, subgraph: this.name, err }, message);
    const headers = await run.request.headers();
    const asked = { query, variables, operationName, headers, signal };
    const way = via ? via(this.name, this.transport) : this.transport;
    const response = await way.execute(asked).catch((reason: unknown) => {
      warn(reason, 'A subgraph is unavailable');
      const { message, extensions } = unavailable(this.name, undefined, reason);
      throw new GraphQLError(message, { extensions });
    });
    const cookies = response.headers?.['set-cookie'] ?? [];
    run.cookies.push(...(typeof cookies === 'string' ? [cookies] : cookies));
    for (const error of response.errors ?? []) {
      if (!isMeantForClient(error)) warn(error, 'A subgraph failed');
    }
    // It fills in what it is given, which may be shared.
    const { data, errors } = structuredClone({ data: response.data, errors: response.errors });
    return { data, errors } as Response;
  }
}
