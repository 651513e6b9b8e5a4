import { OperationTypeNode } from 'graphql';
import { tellInParts, type AnswerInParts } from './answer-in-parts.ts';
import { CacheStatistics } from './caching/cache-statistics.ts';
import type { EngineOptions } from './engine-options.ts';
import { RequestError } from './errors.ts';
import { refusedAnswer, hasErrors, withExtensions } from './execution/answers.ts';
import type { Answer, AnswerPart, ExecutionRequest } from './execution/run.ts';
import type { Operation } from './planning/operation.ts';
import type { OperationStore } from './planning/operation-store.ts';
import type { OverrideLabels, Overrides } from './planning/overrides.ts';
import { CALLER_HEADER } from './protection/caller-header.ts';
import type { Caller } from './protection/caller.ts';
import { limitExceeded } from './protection/limits/limits.ts';
import { refuseLongLists } from './protection/limits/variable-lists.ts';
import type { RequestHeaders } from './rules/request-headers.ts';
import type { ResponseHeaders } from './rules/response-headers.ts';
import type { Follower, Following, LiveEvent } from './subscriptions/live-event.ts';
import { pulled } from './subscriptions/pulled.ts';
import type { Revise } from './subscriptions/sources.ts';
import type { Subscribing } from './subscriptions/subscribing.ts';
import type { Transports } from './supergraph/shared-transports.ts';
import type { Supergraph } from './supergraph/supergraph.ts';
import type { Usage } from './supergraph/usage.ts';
import type { Canceller, CancelSignal } from './system/cancellation.ts';

/** What a client asks for, on any transport. */
export interface GraphQLRequest {
  /** The text of the document; without it `persistedId` says which. */
  readonly query?: string | undefined;
  /** The id of a persisted operation, or the SHA-256 of a text that a client registered. */
  readonly persistedId?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** Labels of progressive overrides that are on for this request. Clients cannot tell them, hooks may. */
  readonly overrideLabels?: readonly string[] | undefined;
}

/** Who asks and under which circumstances. */
export interface RequestContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Where the request came from; undefined for one from this process. */
  readonly address: string | undefined;
  /** Headers of the client that subgraphs get to see. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it came with a token or cookies, whoever looks at them: then its answer is for nobody else to keep. */
  readonly hasCredentials: boolean;
  /** Gives the request up; a mutation's context has none. */
  readonly controller?: Canceller | undefined;
}

/** One supergraph being served, with everything that was built for it. */
export interface ServedSupergraph {
  readonly supergraph: Supergraph;
  readonly operations: OperationStore;
  readonly overrides: Overrides;
  readonly transports: Transports;
  /** Who is at work with it; when it was replaced, what only it needs is closed after the last of them. */
  readonly use: Usage;
}

/** A request whose operation is known to be valid, ready to run. */
export interface PreparedRequest {
  /** What it was checked against. */
  readonly served: ServedSupergraph;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly operation: Operation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly coercedVariables: Readonly<Record<string, unknown>>;
  readonly overrideLabels: readonly string[] | undefined;
  /** The labels of progressive overrides by which it is planned. */
  readonly labels: OverrideLabels;
  /** What it will cost at most. */
  readonly cost: number;
}

/** Takes requests from parse to answer, whichever transport they came by. */
export class Engine {
  constructor(
    private served: ServedSupergraph,
    private readonly options: EngineOptions,
  ) {}

  /**
   * Serves another supergraph from the next request on. What runs already runs to its end, and what is live goes on by the
   * new one where it can. Gives the one that was served until now.
   */
  serve(next: ServedSupergraph): ServedSupergraph {
    const before = this.served;
    this.served = next;
    void this.options.sources.move(this.revise);
    return before;
  }

  /** Which headers of clients are forwarded by rules; undefined where there are none. */
  get requestHeaders(): RequestHeaders | undefined {
    return this.options.customization.requestHeaders;
  }

  /** Counts a request before anything of it is looked at; throws a `RequestError` when it is one too many. */
  admit(address: string | undefined): void {
    this.options.rates.admit(address);
  }

  /**
   * Finds the operation, and checks that this caller may ask for it, so much and so often, with these variables.
   * Rejects with a `RequestError` when something is wrong.
   */
  async prepare(asked: GraphQLRequest, context: RequestContext): Promise<PreparedRequest> {
    const { persisted, rates, customization } = this.options;
    const request = customization.request ? await customization.request(asked, context) : asked;
    const query = await persisted.textOf(request, context.requestId);
    const prepared = this.checked(query, request);
    persisted.register(request);
    const { caller, address } = context;
    await rates.charge({ address, user: caller.subject }, prepared.operation.size.rootFields);
    return prepared;
  }

  private checked(
    query: string,
    { operationName, variables = {}, overrideLabels }: Omit<GraphQLRequest, 'query'>,
    labelsBefore?: OverrideLabels,
  ): PreparedRequest {
    const { limits } = this.options;
    const { served } = this;
    const operation = served.operations.get(query, operationName);
    refuseLongLists(variables, limits.maxListItems);
    const coerced = operation.coerce(variables, this.options.suggestions);
    const cost = operation.cost(coerced);
    if (cost > limits.maxCost) {
      const what = `The operation costs too much, ${cost} by estimate`;
      throw limitExceeded('COST_LIMIT_EXCEEDED', what, limits.maxCost, { cost });
    }
    const labels = served.overrides.decide(overrideLabels, labelsBefore?.draw);
    const asked = { query, operationName, variables, overrideLabels };
    return { ...asked, served, operation, coercedVariables: coerced, labels, cost };
  }

  private checkedAgain(prepared: PreparedRequest): PreparedRequest {
    return this.checked(prepared.query, prepared, prepared.labels);
  }

  /** The request by the supergraph that is served now: another may have taken over since it was checked. */
  private current(prepared: PreparedRequest): PreparedRequest {
    return prepared.served === this.served ? prepared : this.checkedAgain(prepared);
  }

  /** Runs a query or mutation. A mutation is refused as a whole when one of its fields is. */
  async execute(asked: PreparedRequest, context: RequestContext): Promise<Answer> {
    const prepared = this.current(asked);
    const { operation } = prepared;
    if (operation.kind === OperationTypeNode.SUBSCRIPTION) {
      throw RequestError.of(
        'BAD_REQUEST',
        'A subscription has no single answer: see how to subscribe',
      );
    }
    if (operation.kind === OperationTypeNode.MUTATION) {
      const refused = operation.refusedRoots(context.caller, prepared.coercedVariables);
      if (refused.length > 0) return refusedAnswer(refused);
    }
    const { controller } = context;
    const answer = await this.options.timeLimit.within(
      () => this.shared(prepared, context),
      controller,
    );
    return this.hooked(this.extended(answer, prepared), prepared, context);
  }

  /** How to answer a query in parts; undefined where nothing of it is deferred. */
  inParts(asked: PreparedRequest, context: RequestContext): AnswerInParts | undefined {
    const prepared = this.current(asked);
    const { operation, labels, served } = prepared;
    const executable = operation.deferredFor(context.caller, prepared.coercedVariables, labels);
    if (!executable) return undefined;
    const { timeLimit, customization } = this.options;
    return (controller, tell) => {
      const responseHeaders = customization.newResponseHeaders?.(context);
      const { signal } = controller;
      const request = this.executionRequest(prepared, context, signal, responseHeaders);
      const finish = async (part: AnswerPart, isFirst: boolean): Promise<AnswerPart> => {
        if (!isFirst) return this.hooked(part, prepared, context);
        const { cacheUse } = request;
        const first = { ...part, cacheUse, headers: responseHeaders?.all(false) };
        return this.hooked(this.extended(first, prepared), prepared, context);
      };
      const run = () => tellInParts(executable, request, finish, controller, tell);
      return timeLimit.within(() => served.use.during(run), controller);
    };
  }

  private extended<T extends Answer>(answer: T, prepared: PreparedRequest): T {
    const { tellsCost, limits } = this.options;
    const cost = tellsCost ? { estimated: prepared.cost, max: limits.maxCost } : undefined;
    return withExtensions(answer, { cost, cache: answer.cacheUse });
  }

  private hooked<T extends Answer>(
    answer: T,
    { operation }: PreparedRequest,
    context: RequestContext,
  ): T | Promise<T> {
    const hook = this.options.customization.answer;
    if (!hook) return answer;
    const given = hook(answer, operation.node.name?.value, context);
    return given.then((changed) => ({ ...answer, ...changed }));
  }

  /**
   * Lets a client follow a subscription, which it may share with others; throws a `RequestError` when the caller may not
   * have its field.
   */
  follow(prepared: PreparedRequest, context: RequestContext, follower: Follower): Following {
    const subscribing = this.subscribing(this.current(prepared), context);
    return this.options.sources.follow(subscribing, follower, this.revise);
  }

  /** The same, to be awaited event by event; returning from the iteration ends it, also while it waits. */
  subscribe(
    prepared: PreparedRequest,
    context: RequestContext,
  ): AsyncIterableIterator<LiveEvent, void> {
    const follow = (follower: Follower): Following => this.follow(prepared, context, follower);
    return pulled(follow, this.options.maxBufferedBytes);
  }

  private readonly revise: Revise = ({ prepared }, context) =>
    this.subscribing(this.checkedAgain(prepared), context);

  private subscribing(prepared: PreparedRequest, context: RequestContext): Subscribing {
    const { operation, coercedVariables, labels } = prepared;
    if (operation.kind !== OperationTypeNode.SUBSCRIPTION) {
      throw RequestError.of('BAD_REQUEST', 'Only subscriptions can be subscribed to');
    }
    const refused = operation.refusedRoots(context.caller, coercedVariables);
    if (refused.length > 0) throw new RequestError(refused, 403);
    const executable = operation.for(context.caller, coercedVariables, labels).subscription;
    if (!executable) throw RequestError.of('BAD_REQUEST', 'There is nothing to subscribe to');
    return { prepared, context, executable, toExecution: this.executionRequest.bind(this) };
  }

  /** Carries out what was asked, together with the same that others ask at this moment. */
  private shared(prepared: PreparedRequest, context: RequestContext): Promise<Answer> {
    const { operation, variables, coercedVariables, labels, served } = prepared;
    const { caller, headers, hasCredentials, controller } = context;
    const { sharedAnswers, customization } = this.options;
    const execute = (signal: CancelSignal | undefined): Promise<Answer> =>
      served.use.during(async () => {
        const responseHeaders = customization.newResponseHeaders?.(context);
        const request = this.executionRequest(prepared, context, signal, responseHeaders);
        const executable = operation.for(caller, coercedVariables, labels);
        const { json, cookies } = await executable.execute(request);
        const headers = responseHeaders?.all(!hasErrors({ json }));
        return { json, cookies, cacheUse: request.cacheUse, headers };
      });
    const signal = controller?.signal;
    if (!sharedAnswers || operation.kind !== OperationTypeNode.QUERY) return execute(signal);
    const asked = { operation, variables, labels, caller, headers, hasCredentials };
    return sharedAnswers.to({ ...asked, signal, execute });
  }

  private executionRequest(
    prepared: PreparedRequest,
    context: RequestContext,
    signal: CancelSignal | undefined,
    responseHeaders?: ResponseHeaders,
  ): ExecutionRequest {
    const { log, callerHeader, customization } = this.options;
    const { caller, requestId } = context;
    // The same for all fetches, until the signature expires.
    let headers: Record<string, string> | undefined;
    const signedBy = (signed: string | undefined): Record<string, string> => {
      if (!headers || signed !== headers[CALLER_HEADER]) {
        headers = { ...context.headers, 'x-request-id': requestId };
        if (signed !== undefined) headers[CALLER_HEADER] = signed;
      }
      return headers;
    };
    return {
      requestId,
      variables: prepared.variables,
      coercedVariables: prepared.coercedVariables,
      isVisitor: caller.claims === null,
      via: customization.via?.(context, responseHeaders),
      signal,
      log,
      cacheUse: this.options.tellsCache ? new CacheStatistics() : undefined,
      headers() {
        const signed = callerHeader?.for(caller);
        return typeof signed === 'object' ? signed.then(signedBy) : signedBy(signed);
      },
    };
  }
}
