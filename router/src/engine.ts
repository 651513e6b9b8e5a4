import { getVariableValues, OperationTypeNode, type GraphQLFormattedError } from 'graphql';
import { RequestError } from './errors.ts';
import type { Answer, ExecutionRequest } from './execution/run.ts';
import type { Operation } from './planning/operation.ts';
import type { OperationStore } from './planning/operation-store.ts';
import { CALLER_HEADER, type CallerHeader } from './protection/caller-header.ts';
import type { Caller } from './protection/caller.ts';
import { closable } from './subscriptions/closable.ts';
import type { Supergraph } from './supergraph/supergraph.ts';
import type { Logger } from './system/logger.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';

/** What a client asks for, on any transport. */
export interface GraphQLRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Who asks and under which circumstances. */
export interface RequestContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Headers of the client that subgraphs get to see. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
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
}

export interface EngineOptions {
  readonly log: Logger;
  readonly callerHeader: CallerHeader | undefined;
  readonly suggestions: boolean;
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

  /** Finds the operation and checks the variables; throws a `RequestError` when either is wrong. */
  prepare(request: GraphQLRequest): PreparedRequest {
    const { supergraph, operations } = this.served;
    const operation = operations.get(request.query, request.operationName);
    const variables = request.variables ?? {};
    const definitions = operation.node.variableDefinitions ?? [];
    const { coerced, errors } = getVariableValues(supergraph.apiSchema, definitions, variables, {
      maxErrors: 50,
      hideSuggestions: !this.options.suggestions,
    });
    if (coerced) return { operation, variables, coercedVariables: coerced };
    const extensions = { code: 'BAD_USER_INPUT' };
    throw new RequestError(
      errors?.map(({ message, locations }) => ({ message, locations, extensions })) ?? [],
      400,
    );
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
    const executable = operation.for(context.caller, prepared.coercedVariables);
    return executable.execute(this.executionRequest(prepared, context));
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
      executable.subscribe(this.executionRequest(prepared, { ...context, signal })),
    );
  }

  private executionRequest(prepared: PreparedRequest, context: RequestContext): ExecutionRequest {
    const { log, callerHeader } = this.options;
    const { caller, requestId, signal } = context;
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
