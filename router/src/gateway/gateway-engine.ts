import { operationFromDocument } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { getOperationAST, isInterfaceType, OperationTypeNode, type DocumentNode } from 'graphql';
import type { PlannedOperation } from '../execution/executor.ts';
import { asksNoType } from '../execution/untyped.ts';
import { fragmentsOf } from '../execution/collect-fields.ts';
import type { Entity, Run } from '../execution/run.ts';
import type { Step } from '../execution/steps.ts';
import { toClientError } from '../execution/subgraph-errors.ts';
import type { Plan } from '../planning/plan.ts';
import type { Planner } from '../planning/planner.ts';
import { withTypenames } from '../planning/typed-plan.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import { GatewaySource } from './gateway-source.ts';

type RequestContext = Parameters<typeof executeQueryPlan>[2];

/**
 * Plans and fetches with the executor of ApolloGateway, in place of our own. It is given operations without what is
 * withheld or skipped, and our writer writes what it finds: who may see what holds as ever. It cannot subscribe:
 * subscriptions go the usual way.
 */
export class GatewayEngine {
  private readonly planner: QueryPlanner;
  private readonly sources: Readonly<Record<string, GatewaySource>>;

  constructor(
    private readonly supergraph: Supergraph,
    transports: ReadonlyMap<string, SubgraphTransport>,
  ) {
    this.planner = new QueryPlanner(supergraph.federation);
    this.sources = Object.fromEntries(
      [...transports].map(([name, transport]) => [name, new GatewaySource(name, transport)]),
    );
  }

  /** The step that gets all the data of a query or mutation. */
  fetching({ fetched, operation }: PlannedOperation): Step | undefined {
    if (!fetched || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
    const { apiSchema: schema, federation, fullSchema, interfaceObjects } = this.supergraph;
    const operationName = operation.name?.value;
    const collecting = { schema, fragments: fragmentsOf(fetched) };
    const operationDocument = withTypenames(
      schema,
      fetched,
      (type, set) =>
        interfaceObjects.has(type.name) &&
        isInterfaceType(type) &&
        asksNoType(collecting, type, [{ set, conditions: [] }])({}),
    );
    const plan = this.planner.buildQueryPlan(
      operationFromDocument(federation.apiSchema(), operationDocument, { operationName }),
    );
    const context = buildOperationContext({ schema, operationDocument, operationName });
    return async (run) => {
      const { data, errors = [] } = await executeQueryPlan(
        plan,
        this.sources,
        requestContext(run),
        context,
        fullSchema,
        federation.apiSchema(),
      );
      Object.assign(run.data, data);
      for (const error of errors) run.errors.push(toClientError(error.toJSON(), error.path));
    };
  }
}

/** Plans subscriptions alone. */
export const subscriptionsOnly = (planner: Planner): Planner => ({
  plan(document: DocumentNode, operationName: string | undefined): Plan {
    const operation = getOperationAST(document, operationName);
    const isOne = operation?.operation === OperationTypeNode.SUBSCRIPTION;
    return isOne ? planner.plan(document, operationName) : {};
  },
});

/** What of a request's circumstances the executor looks at. */
function requestContext(run: Run): RequestContext {
  const { variables, log } = run.request;
  const logger = {
    debug: (message: string) => log.debug({}, message),
    info: (message: string) => log.info({}, message),
    warn: (message: string) => log.warn({}, message),
    error: (message: string) => log.error({}, message),
  };
  const parts = { request: { variables: { ...variables } as Entity }, context: { run }, logger };
  return { ...parts, metrics: {} } as unknown as RequestContext;
}
