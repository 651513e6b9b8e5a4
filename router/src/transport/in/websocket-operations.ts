import { MessageType } from 'graphql-ws';
import { OperationTypeNode, type GraphQLFormattedError } from 'graphql';
import type { Engine, PreparedRequest, RequestContext } from '../../engine.ts';
import { toRequestError } from '../../errors.ts';
import type { Caller } from '../../protection/caller.ts';
import type { Ids } from '../../system/ids.ts';
import type { Logger } from '../../system/logger.ts';
import { readParams } from './graphql-params.ts';
import { WebSocketOperation } from './websocket-operation.ts';
import type { WebSocketOutbox } from './websocket-outbox.ts';

/** What running operations needs. */
export interface OperationsOptions {
  readonly engine: Engine;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Where they come from. */
export interface OperationsOrigin {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The operations that one client has under way, by the ids that it gave them. */
export class WebSocketOperations {
  private readonly running = new Map<string, WebSocketOperation>();
  private readonly starting = new Set<Promise<void>>();

  constructor(
    private readonly outbox: WebSocketOutbox,
    private readonly origin: OperationsOrigin,
    private readonly options: OperationsOptions,
  ) {}

  has(id: string): boolean {
    return this.running.has(id);
  }

  /** Resolves when a query or mutation is answered, and when a subscription is followed; never rejects. */
  async start(id: string, params: unknown, caller: Caller): Promise<void> {
    const started = this.run(id, params, caller);
    this.starting.add(started);
    await started;
    this.starting.delete(started);
  }

  /** Goes on with a newer token; what its owner may not have any more is ended. */
  renew(caller: Caller): void {
    for (const [id, operation] of [...this.running]) {
      try {
        operation.following?.renew(caller);
      } catch (thrown) {
        this.fail(id, operation, thrown, this.options.ids.next());
      }
    }
  }

  /** The client has lost interest. */
  end(id: string): void {
    this.running.get(id)?.end();
  }

  endAll(): void {
    for (const operation of [...this.running.values()]) operation.end();
  }

  /** Ends subscriptions, and resolves when queries and mutations are answered. */
  async drain(): Promise<void> {
    for (const operation of [...this.running.values()]) {
      if (operation.following) operation.end();
    }
    await Promise.all(this.starting);
  }

  private async run(id: string, params: unknown, caller: Caller): Promise<void> {
    const { engine, ids } = this.options;
    const { address, headers } = this.origin;
    const requestId = ids.next();
    const operation = new WebSocketOperation(() => this.running.delete(id));
    this.running.set(id, operation);
    try {
      engine.admit(address);
      const hasCredentials = caller.claims !== null || headers['cookie'] !== undefined;
      const context = { requestId, caller, address, headers, hasCredentials };
      const prepared = await engine.prepare(readParams(params), context);
      if (operation.hasEnded) return;
      if (prepared.operation.kind === OperationTypeNode.SUBSCRIPTION) {
        this.follow(id, operation, prepared, context);
      } else {
        await this.answer(id, operation, prepared, context);
      }
    } catch (thrown) {
      this.fail(id, operation, thrown, requestId);
    }
  }

  private follow(
    id: string,
    operation: WebSocketOperation,
    prepared: PreparedRequest,
    context: RequestContext,
  ): void {
    operation.following = this.options.engine.follow(prepared, context, {
      next: (event) => this.outbox.sendEvent(id, event),
      end: (errors) => {
        if (errors) this.refuse(id, operation, errors);
        else this.complete(id, operation);
      },
    });
  }

  private async answer(
    id: string,
    operation: WebSocketOperation,
    prepared: PreparedRequest,
    context: RequestContext,
  ): Promise<void> {
    if (prepared.operation.kind === OperationTypeNode.QUERY) {
      operation.controller = new AbortController();
    }
    const { controller } = operation;
    const { json } = await this.options.engine.execute(prepared, { ...context, controller });
    if (operation.hasEnded) return;
    this.outbox.sendText(`{"id":${JSON.stringify(id)},"type":"next","payload":${json}}`);
    this.complete(id, operation);
  }

  private complete(id: string, operation: WebSocketOperation): void {
    if (operation.hasEnded) return;
    this.outbox.send({ id, type: MessageType.Complete });
    operation.end();
  }

  private fail(
    id: string,
    operation: WebSocketOperation,
    thrown: unknown,
    requestId: string,
  ): void {
    if (operation.hasEnded) return;
    const error = toRequestError(thrown);
    if (error !== thrown) this.options.log.error({ requestId, err: thrown }, 'An operation failed');
    this.refuse(id, operation, error.errors);
  }

  private refuse(
    id: string,
    operation: WebSocketOperation,
    payload: readonly GraphQLFormattedError[],
  ): void {
    if (operation.hasEnded) return;
    this.outbox.send({ id, type: MessageType.Error, payload });
    operation.end();
  }
}
