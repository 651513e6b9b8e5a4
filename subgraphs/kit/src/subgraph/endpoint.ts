import {
  GraphQLError,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { CALLER_HEADER, type CallerVerifier } from './caller.ts';
import { Context, readRequestInfo } from './context.ts';
import { DomainError, maskError } from '../errors.ts';
import { leavingAtOnce, type LiveSubscription } from '../live/live.ts';
import type { Logger } from '../log.ts';
import { cacheControlOf, type Lifetimes } from './lifetimes.ts';
import { StoredOperation } from './stored-operation.ts';

export interface SubgraphRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  signal?: AbortSignal;
}

export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
  headers?: Record<string, string | readonly string[]>;
}

const STORED_OPERATIONS = 1_000;

/** Answers GraphQL requests of the router, in its own process or over HTTP: the same either way. */
export class SubgraphEndpoint {
  private readonly operations = new LRUCache<string, StoredOperation | GraphQLError>({
    max: STORED_OPERATIONS,
  });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly callers: CallerVerifier,
    private readonly log: Logger,
    /** `Subgraph.hasPlainData`: what is asked for again and again is compiled. */
    private readonly isCompilable = false,
    private readonly lifetimes: Lifetimes = {},
  ) {}

  /** Reads who asks; without the router's signature it throws UNSIGNED_CALLER. */
  async contextOf(headers: Record<string, string | undefined>): Promise<Context> {
    const caller = await this.callers.verify(headers[CALLER_HEADER]);
    return new Context(caller, readRequestInfo(headers));
  }

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const requestId = request.headers['x-request-id'] ?? 'none';
    try {
      const context = await this.contextOf(request.headers);
      const operation = this.read(request.query);
      const result = await operation.execute(request, context);
      return this.respond(result, context, operation.cacheControl);
    } catch (error) {
      return { errors: this.mask([asGraphQLError(error)], requestId) };
    }
  }

  /** Asks when the first event is awaited; returning ends the source at once. */
  subscribe(request: SubgraphRequest): LiveSubscription<SubgraphResponse> {
    let opening: Promise<LiveSubscription<SubgraphResponse>> | null = null;
    const over: IteratorResult<SubgraphResponse> = { value: undefined, done: true };
    return {
      next: async () => (await (opening ??= this.openSubscription(request))).next(),
      return: async () => (await opening)?.return() ?? over,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** Resolves when the subscriber is told of everything that happens from then on. */
  async openSubscription(request: SubgraphRequest): Promise<LiveSubscription<SubgraphResponse>> {
    const requestId = request.headers['x-request-id'] ?? 'none';
    try {
      const context = await this.contextOf(request.headers);
      const operation = this.read(request.query);
      const events = await operation.subscribe(request, context);
      if (Symbol.asyncIterator in events) {
        const source = events[Symbol.asyncIterator]();
        return leavingAtOnce(source, this.answerEach(source, operation, request, context));
      }
      return only({ errors: this.mask(events.errors ?? [], requestId) });
    } catch (error) {
      return only({ errors: this.mask([asGraphQLError(error)], requestId) });
    }
  }

  private async *answerEach(
    source: AsyncIterator<unknown>,
    operation: StoredOperation,
    request: SubgraphRequest,
    context: Context,
  ): AsyncGenerator<SubgraphResponse, void, undefined> {
    try {
      for (let event = await source.next(); !event.done; event = await source.next()) {
        const result = await operation.execute(request, context.renewed(), event.value);
        yield this.respond(result, context);
      }
    } finally {
      await source.return?.();
    }
  }

  mask(errors: readonly GraphQLError[], requestId: string): GraphQLFormattedError[] {
    return errors.map((error) => maskError(error, this.log, requestId));
  }

  private read(query: string): StoredOperation {
    let known = this.operations.get(query);
    if (!known) {
      const document = parse(query, { noLocation: true });
      const [error] = validate(this.schema, document);
      const cacheControl = error
        ? undefined
        : cacheControlOf(this.schema, document, this.lifetimes);
      known = error ?? new StoredOperation(this.schema, document, this.isCompilable, cacheControl);
      this.operations.set(query, known);
    }
    if (known instanceof StoredOperation) return known;
    throw known;
  }

  /** The `Cache-Control` of the answers to an operation; undefined where they may not be kept. */
  cacheControlFor(query: unknown): string | undefined {
    if (typeof query !== 'string') return undefined;
    try {
      return this.read(query).cacheControl;
    } catch {
      return undefined;
    }
  }

  private respond(
    result: ExecutionResult,
    context: Context,
    cacheControl?: string,
  ): SubgraphResponse {
    const { data, errors } = result;
    const cookies = [...context.responseCookies];
    const headers = {
      ...(cacheControl !== undefined && !errors && { 'cache-control': cacheControl }),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    };
    return {
      ...(data !== undefined && { data }),
      ...(errors && { errors: this.mask(errors, context.request.id) }),
      ...(Object.keys(headers).length > 0 && { headers }),
    };
  }
}

const only = (response: SubgraphResponse): LiveSubscription<SubgraphResponse> =>
  leavingAtOnce(
    {},
    (async function* () {
      yield response;
    })(),
  );

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('failed', { originalError: error as Error });

/** Whether an answer says that the request did not come from the router. */
export const isUnsigned = (error: unknown): boolean =>
  error instanceof DomainError && error.extensions['code'] === 'UNSIGNED_CALLER';

/** The same masking for errors that Apollo Server has formatted already. */
export function maskErrorOf(
  endpoint: SubgraphEndpoint,
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  return error instanceof GraphQLError
    ? endpoint.mask([error], 'none')[0]!
    : { message: formatted.message, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
