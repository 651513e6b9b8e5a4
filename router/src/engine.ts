import { getVariableValues, OperationTypeNode, type GraphQLFormattedError } from 'graphql';
import { RequestError } from './errors.ts';
import type { Variables } from './execution/conditions.ts';
import type { Answer, ExecutionRequest } from './execution/run.ts';
import type { Operation } from './planning/operation.ts';
import type { OperationStore } from './planning/operation-store.ts';
import { CALLER_HEADER, type CallerHeader } from './protection/caller-header.ts';
import type { Caller } from './protection/caller.ts';
import { limitExceeded, type Limits } from './protection/limits/limits.ts';
import type { PersistedOperations } from './protection/persisted/persisted-operations.ts';
import type { RateLimits } from './protection/rates/rate-limits.ts';
import type { TimeLimit } from './protection/time-limit.ts';
import { refuseLongLists } from './protection/limits/variable-lists.ts';
import { closable } from './subscriptions/closable.ts';
import type { Supergraph } from './supergraph/supergraph.ts';
import type { Logger } from './system/logger.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';

/** What a client asks for, on any transport. */
export interface GraphQLRequest {
  /** The text of the document; without it `persistedId` says which. */
  readonly query?: string | undefined;
  /** The id of a persisted operation, or the SHA-256 of a text that a client registered. */
  readonly persistedId?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Who asks and under which circumstances. */
export interface RequestContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Where the request came from; undefined for one from this process. */
  readonly address: string | undefined;
  /** Headers of the client that subgraphs get to see. */
  readonly headers: Readonly<Record<string, string>>;
  /** Gives the request up; a mutation's context has none. */
  readonly controller?: AbortController | undefined;
}

/** One supergraph being served, with everything that was built for it. */
export interface ServedSupergraph {
  readonly supergraph: Supergraph;
  readonly operations: OperationStore;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
}

/** A request whose operation is known to be valid, ready to run. */
export interface PreparedRequest {
  readonly operation: Operation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly coercedVariables: Readonly<Record<string, unknown>>;
  /** What it will cost at most. */
  readonly cost: number;
}

export interface EngineOptions {
  readonly log: Logger;
  readonly callerHeader: CallerHeader | undefined;
  readonly suggestions: boolean;
  readonly limits: Limits;
  readonly rates: RateLimits;
  readonly persisted: PersistedOperations;
  readonly timeLimit: TimeLimit;
  /** Whether answers tell what they were estimated to cost. */
  readonly tellsCost: boolean;
}

/** Takes requests from parse to answer, whichever transport they came by. */
export class Engine {
  constructor(
    private served: ServedSupergraph,
    private readonly options: EngineOptions,
  ) {}

  get current(): ServedSupergraph {
    return this.served;
  }

  /** Serves another supergraph from the next request on; what runs already runs to its end. */
  serve(next: ServedSupergraph): void {
    this.served = next;
  }

  /** Counts a request before anything of it is looked at; throws a `RequestError` when it is one too many. */
  admit(address: string | undefined): void {
    this.options.rates.admit(address);
  }

  /**
   * Finds the operation, and checks that this caller may ask for it, so much and so often, with these variables.
   * Rejects with a `RequestError` when something is wrong.
   */
  async prepare(request: GraphQLRequest, context: RequestContext): Promise<PreparedRequest> {
    const { persisted, rates } = this.options;
    const query = await persisted.textOf(request, context.requestId);
    const prepared = this.checked(query, request);
    persisted.register(request);
    const { caller, address } = context;
    await rates.charge({ address, user: caller.subject }, prepared.operation.size.rootFields);
    return prepared;
  }

  private checked(query: string, request: GraphQLRequest): PreparedRequest {
    const { limits } = this.options;
    const operation = this.served.operations.get(query, request.operationName);
    const variables = request.variables ?? {};
    refuseLongLists(variables, limits.maxListItems);
    const coercedVariables = this.coerced(operation, variables);
    const cost = operation.cost(coercedVariables);
    if (cost > limits.maxCost) {
      const what = `The operation costs too much, ${cost} by estimate`;
      throw limitExceeded('COST_LIMIT_EXCEEDED', what, limits.maxCost, { cost });
    }
    return { operation, variables, coercedVariables, cost };
  }

  /** Runs a query or mutation. A mutation is refused as a whole when one of its fields is. */
  async execute(prepared: PreparedRequest, context: RequestContext): Promise<Answer> {
    const { operation } = prepared;
    if (operation.kind === OperationTypeNode.SUBSCRIPTION) {
      throw RequestError.of('BAD_REQUEST', 'Subscriptions are served over WebSocket');
    }
    if (operation.kind === OperationTypeNode.MUTATION) {
      const refused = operation.refusedRoots(context.caller, prepared.coercedVariables);
      if (refused.length > 0) return refusedAnswer(refused);
    }
    const { controller } = context;
    const request = this.executionRequest(prepared, context, controller?.signal);
    const answer = await this.options.timeLimit.within(
      async () => operation.for(context.caller, prepared.coercedVariables).execute(request),
      controller,
    );
    return this.options.tellsCost ? withCost(answer, prepared.cost, this.options.limits) : answer;
  }

  /**
   * Runs a subscription; throws a `RequestError` when the caller may not have its field.
   * Returning from the iteration ends it at once, also while it waits for an event.
   */
  subscribe(
    prepared: PreparedRequest,
    context: RequestContext,
  ): AsyncIterableIterator<Answer, void> {
    const { operation } = prepared;
    if (operation.kind !== OperationTypeNode.SUBSCRIPTION) {
      throw RequestError.of('BAD_REQUEST', 'Only subscriptions can be subscribed to');
    }
    const refused = operation.refusedRoots(context.caller, prepared.coercedVariables);
    if (refused.length > 0) throw new RequestError(refused, 403);
    const executable = operation.for(context.caller, prepared.coercedVariables);
    return closable((signal) =>
      executable.subscribe(this.executionRequest(prepared, context, signal)),
    );
  }

  private coerced(operation: Operation, variables: Variables): Variables {
    const { coerced, errors } = getVariableValues(
      this.served.supergraph.apiSchema,
      operation.node.variableDefinitions ?? [],
      variables,
      { maxErrors: 50, hideSuggestions: !this.options.suggestions },
    );
    if (coerced) return coerced;
    const extensions = { code: 'BAD_USER_INPUT' };
    throw new RequestError(
      errors?.map(({ message, locations }) => ({ message, locations, extensions })) ?? [],
      400,
    );
  }

  private executionRequest(
    prepared: PreparedRequest,
    context: RequestContext,
    signal: AbortSignal | undefined,
  ): ExecutionRequest {
    const { log, callerHeader } = this.options;
    const { caller, requestId } = context;
    return {
      requestId,
      variables: prepared.variables,
      coercedVariables: prepared.coercedVariables,
      isVisitor: caller.claims === null,
      signal,
      log,
      async headers() {
        const signed = callerHeader && { [CALLER_HEADER]: await callerHeader.for(caller) };
        return { ...context.headers, 'x-request-id': requestId, ...signed };
      },
    };
  }
}

function refusedAnswer(errors: readonly GraphQLFormattedError[]): Answer {
  return { json: JSON.stringify({ errors, data: null }), cookies: [] };
}

/** The answer, which is a JSON object, with the extension that tells its cost. */
function withCost({ json, cookies }: Answer, estimated: number, { maxCost: max }: Limits): Answer {
  const extensions = JSON.stringify({ cost: { estimated, max } });
  return { json: `${json.slice(0, -1)},"extensions":${extensions}}`, cookies };
}
