import type { ExecutionResult } from 'graphql';
import type { Engine, GraphQLRequest, RequestContext } from '../../engine.ts';
import { RequestError, toRequestError, tokenExpired } from '../../errors.ts';
import type { Caller } from '../../protection/caller.ts';
import { whenExpired } from '../../protection/expiry.ts';
import { closable } from '../../subscriptions/closable.ts';
import type { Clock, Timers } from '../../system/clock.ts';
import type { Ids } from '../../system/ids.ts';
import type { Logger } from '../../system/logger.ts';
import { hasCredentials } from './client-headers.ts';

/** A request of a caller in the same process. */
export interface InProcessRequest extends GraphQLRequest {
  /** As of an HTTP request; `authorization` is verified, the others go to the subgraphs. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestId?: string;
}

/** What a caller in the same process gets. */
export interface InProcessResult extends ExecutionResult {
  /** The cookies that subgraphs set. */
  readonly cookies?: readonly string[];
}

/** What serving callers in the same process needs. */
export interface InProcessOptions {
  readonly engine: Engine;
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Logger;
}

/** GraphQL for callers in the same process. Nothing rejects: errors are in the results. */
export class InProcess {
  private readonly live = new Set<() => void>();

  constructor(private readonly options: InProcessOptions) {}

  async execute(request: InProcessRequest): Promise<InProcessResult> {
    try {
      const { engine } = this.options;
      const context = await this.context(request);
      const prepared = await engine.prepare(request, context);
      const { json, cookies } = await engine.execute(prepared, context);
      return { ...(JSON.parse(json) as ExecutionResult), cookies };
    } catch (thrown) {
      return this.failed(thrown);
    }
  }

  subscribe(request: InProcessRequest): AsyncIterableIterator<ExecutionResult, void> {
    return closable((signal) => this.results(request, signal));
  }

  /** Ends all subscriptions. */
  close(): void {
    for (const end of [...this.live]) end();
  }

  private async *results(
    request: InProcessRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ExecutionResult, void> {
    try {
      const { engine, clock, timers } = this.options;
      const context = await this.context(request);
      const answers = engine.subscribe(await engine.prepare(request, context), context);
      const end = (): void => void answers.return?.();
      signal.addEventListener('abort', end);
      this.live.add(end);
      let hasExpired = false;
      const callOff = whenExpired(context.caller, clock, timers, () => {
        hasExpired = true;
        end();
      });
      try {
        for await (const { json } of answers) yield JSON.parse(json) as ExecutionResult;
      } finally {
        callOff();
        this.live.delete(end);
      }
      if (hasExpired) throw new RequestError([tokenExpired], 401);
    } catch (thrown) {
      yield this.failed(thrown);
    }
  }

  private async context({ headers = {}, requestId }: InProcessRequest): Promise<RequestContext> {
    const { authorization, ...others } = headers;
    const caller = await this.options.callerOf(authorization);
    const id = requestId ?? this.options.ids.next();
    const asker = { caller, hasCredentials: hasCredentials(headers) };
    return { requestId: id, ...asker, address: undefined, headers: others };
  }

  private failed(thrown: unknown): InProcessResult {
    const error = toRequestError(thrown);
    if (error !== thrown) this.options.log.error({ err: thrown }, 'A request failed');
    return JSON.parse(JSON.stringify({ errors: error.errors })) as InProcessResult;
  }
}
