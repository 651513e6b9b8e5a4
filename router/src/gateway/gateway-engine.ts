import { operationFromDocument } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { getOperationAST, isInterfaceType, OperationTypeNode, type DocumentNode } from 'graphql';
import type { PlannedOperation } from '../execution/executor.ts';
import { asksNoType } from '../execution/untyped.ts';
import { fragmentsOf } from '../execution/collect-fields.ts';
import type { Entity, Run } from '../execution/run.ts';
import type { Step } from '../execution/steps.ts';
import { toClientError } from '../execution/subgraph-errors.ts';
import { fromApollo } from '../planning/apollo-plan.ts';
import { FEW_PLANS, overrideConditions } from '../planning/apollo-planner.ts';
import { NO_LABELS } from '../planning/overrides.ts';
import type { Plan } from '../planning/plan.ts';
import type { Planner } from '../planning/planner.ts';
import { withTypenames } from '../planning/typed-plan.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import { GatewaySource } from './gateway-source.ts';

type RequestContext = Parameters<typeof executeQueryPlan>[2];

/** What the executor needs to carry a plan out. */
interface Executable {
  readonly queryPlan: QueryPlan;
  readonly context: ReturnType<typeof buildOperationContext>;
}

/**
 * Plans and fetches with the executor of ApolloGateway, in place of our own. It is given operations without what is
 * withheld or skipped, and our writer writes what it finds: who may see what holds as ever. It cannot subscribe:
 * subscriptions go the usual way, by another planner.
 */
export class GatewayEngine implements Planner {
  private readonly planner: QueryPlanner;
  private readonly sources: Readonly<Record<string, GatewaySource>>;
  private readonly executables = new WeakMap<Plan, Executable>();

  constructor(
    private readonly supergraph: Supergraph,
    transports: ReadonlyMap<string, SubgraphTransport>,
    private readonly subscriptions: Planner,
  ) {
    this.planner = new QueryPlanner(supergraph.federation, { debug: FEW_PLANS });
    this.sources = Object.fromEntries(
      [...transports].map(([name, transport]) => [name, new GatewaySource(name, transport)]),
    );
  }

  plan(document: DocumentNode, operationName: string | undefined, labels = NO_LABELS): Plan {
    const operation = getOperationAST(document, operationName);
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
      return this.subscriptions.plan(document, operationName, labels);
    }
    const { apiSchema: schema, federation, interfaceObjects } = this.supergraph;
    const collecting = { schema, fragments: fragmentsOf(document) };
    const operationDocument = withTypenames(
      schema,
      document,
      (type, set) =>
        interfaceObjects.has(type.name) &&
        isInterfaceType(type) &&
        asksNoType(collecting, type, [set]),
    );
    const queryPlan = this.planner.buildQueryPlan(
      operationFromDocument(federation.apiSchema(), operationDocument, { operationName }),
      overrideConditions(labels),
    );
    const context = buildOperationContext({ schema, operationDocument, operationName });
    const plan = fromApollo(queryPlan);
    this.executables.set(plan, { queryPlan, context });
    return plan;
  }

  /** The step that gets all the data of a query or mutation. */
  fetching({ plan }: PlannedOperation): Step | undefined {
    const executable = this.executables.get(plan);
    if (!executable) return undefined;
    const { queryPlan, context } = executable;
    const { federation, fullSchema } = this.supergraph;
    return async (run) => {
      const { data, errors = [] } = await executeQueryPlan(
        queryPlan,
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
