import { systemTimers, type Timers } from '../../system/clock.ts';
import { silentLogger, type Logger } from '../../system/logger.ts';
import {
  SubscriptionLostError,
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
} from '../subgraph-transport.ts';
import type { RetryBudget } from '../../resilience/retry-budget.ts';
import { SubgraphTimeoutError } from '../../resilience/subgraph-failures.ts';
import { isQuery } from '../is-query.ts';
import { isWorthRepeating, wasNeverProcessed } from './failures.ts';
import { HttpTransport, type HttpTransportOptions } from './http-transport.ts';
import { Instance } from './instance.ts';

export interface BalancedTransportOptions extends HttpTransportOptions {
  readonly logger?: Logger;
  /** How much of what may have reached an instance is sent to another. Default: all that may be. */
  readonly budget?: RetryBudget;
}

/**
 * Spreads what one subgraph is asked over its instances: each goes to the one that has least to do. What
 * certainly was not carried out goes to another instance at once; so does a query that broke, once to each
 * instance, as long as the budget lasts. A mutation that broke is told as broken: it may have been carried out.
 */
export class BalancedTransport implements SubgraphTransport {
  private readonly instances: readonly Instance[];
  private readonly timers: Timers;
  private readonly budget: RetryBudget | undefined;
  private readonly waiting = new Set<() => void>();
  private turn = 0;

  constructor(urls: readonly string[], options: BalancedTransportOptions = {}) {
    const { timers = systemTimers, logger = silentLogger } = options;
    this.timers = timers;
    this.budget = options.budget;
    const whenBack = (): void => this.waiting.forEach((tell) => tell());
    this.instances = urls.map(
      (url) => new Instance(new HttpTransport({ url }, options), timers, logger, whenBack),
    );
  }

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const order = this.inTurn();
    const tried = new Set<Instance>();
    let failure: unknown;
    for (;;) {
      const instance = choose(order, 'requests', tried);
      // An error made before it is needed would collect a stack for every call.
      if (!instance) throw failure ?? new Error('There is no instance');
      tried.add(instance);
      instance.load.requests += 1;
      try {
        const response = await instance.transport.execute(request);
        instance.succeeded();
        return response;
      } catch (reason) {
        if (request.signal?.aborted) {
          // Its time was up while this instance had it. Otherwise nobody waits for it any more.
          if (request.signal.reason instanceof SubgraphTimeoutError) {
            instance.failed(request.signal.reason);
          }
          throw reason;
        }
        instance.failed(reason);
        const isLast = tried.size === order.length;
        if (isLast || !this.mayGoElsewhere(request, reason)) throw reason;
        failure = reason;
      } finally {
        instance.load.requests -= 1;
      }
    }
  }

  async *subscribe(request: SubgraphRequest): AsyncGenerator<SubgraphResponse, void> {
    const order = this.inTurn();
    const patience = new Patience(this.timers, request);
    const tried = new Set<Instance>();
    let failure: unknown = new SubscriptionLostError('There is no instance', false);
    try {
      for (;;) {
        const instance = await this.chooseInTime(order, tried, patience);
        if (!instance) throw failure;
        tried.add(instance);
        instance.load.subscriptions += 1;
        try {
          for await (const event of instance.transport.subscribe(request)) {
            instance.succeeded();
            yield event;
          }
          return;
        } catch (reason) {
          instance.failed(reason);
          if (!wasNeverProcessed(reason)) throw reason;
          failure = reason;
        } finally {
          instance.load.subscriptions -= 1;
        }
      }
    } finally {
      patience.end();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.close()));
  }

  /** What never reached an instance makes no work twice, so that only the rest is taken from the budget. */
  private mayGoElsewhere({ query }: SubgraphRequest, reason: unknown): boolean {
    if (wasNeverProcessed(reason)) return true;
    return isQuery(query) && isWorthRepeating(reason) && (this.budget?.withdraw() ?? true);
  }

  /** All instances, each time from another one on, so that equals take turns. */
  private inTurn(): readonly Instance[] {
    if (this.instances.length === 1) return this.instances;
    const from = this.turn++ % this.instances.length;
    return [...this.instances.slice(from), ...this.instances.slice(0, from)];
  }

  /** Waits for an instance that is not out as long as the request has patience. */
  private async chooseInTime(
    order: readonly Instance[],
    tried: Set<Instance>,
    patience: Patience,
  ): Promise<Instance | undefined> {
    for (;;) {
      const instance = choose(order, 'subscriptions', tried);
      if ((instance && !instance.isOut) || patience.isOver) return instance;
      await patience.wait(this.waiting);
      tried.clear();
    }
  }
}

/** The untried instance with least to do. Those that are out are asked when there is no other. */
function choose(
  order: readonly Instance[],
  kind: keyof Instance['load'],
  tried: ReadonlySet<Instance>,
): Instance | undefined {
  let chosen: Instance | undefined;
  for (const instance of order) {
    if (tried.has(instance)) continue;
    if (!chosen || isBetter(instance, chosen, kind)) chosen = instance;
  }
  return chosen;
}

/** One that is in goes before one that is out, then one with less to do. */
function isBetter(one: Instance, other: Instance, kind: keyof Instance['load']): boolean {
  return one.isOut === other.isOut ? one.load[kind] < other.load[kind] : other.isOut;
}

/** How long one subscription waits for an instance, all its waits together. */
class Patience {
  isOver: boolean;
  private readonly over = new Set<() => void>();
  private readonly cancel: () => void;

  constructor(timers: Timers, { patienceMs = 0, signal }: SubgraphRequest) {
    this.isOver = patienceMs === 0;
    const end = (): void => this.end();
    const cancelTimer = this.isOver ? () => {} : timers.after(patienceMs, end);
    signal?.addEventListener('abort', end, { once: true });
    this.cancel = () => {
      cancelTimer();
      signal?.removeEventListener('abort', end);
    };
  }

  /** Resolves when one of `tellers` is told of something, or when patience is over. */
  wait(listeners: Set<() => void>): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        listeners.delete(go);
        this.over.delete(go);
        resolve();
      };
      listeners.add(go);
      this.over.add(go);
    });
  }

  end(): void {
    this.isOver = true;
    this.cancel();
    for (const go of [...this.over]) go();
  }
}
