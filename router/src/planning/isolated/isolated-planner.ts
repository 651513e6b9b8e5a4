import type * as hive from '@graphql-hive/router-query-planner';
import { fileURLToPath } from 'node:url';
import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import { RequestError } from '../../errors.ts';
import { systemTimers } from '../../system/clock.ts';
import type { HivePackage } from '../hive-planner.ts';

/** What the process is asked: to plan an operation, to read a supergraph without one, or whether it is there. */
interface PlanRequest {
  readonly supergraph?: number;
  /** Of the supergraph, where the process does not know it yet. */
  readonly sdl?: string;
  readonly operation?: {
    readonly text: string;
    readonly name: string | null | undefined;
    readonly labels: ReadonlySet<string>;
    readonly draw: number;
  };
}

interface PlanReply {
  readonly number: number;
  /** The id of the process. */
  readonly pid: number;
  readonly plan?: hive.QueryPlan;
  /** The process has not read the supergraph, since it began anew. */
  readonly isUnknown?: boolean;
  readonly failure?: string;
}

/** Operations are planned in a millisecond; what takes this long blocks everybody else. */
const MAX_PLANNING_MS = 10_000;

/** When nothing was planned for so long, the process ends, and its memory is free. */
const IDLE_MS = 60_000;

const relay = fileURLToPath(new URL('./planner-relay.js', import.meta.url));

/**
 * Hive's package in a process of its own. Its native code ends its process over some operations that clients can send: the
 * planner then throws, and the next operation finds another process. Rejects where there is no binary for this platform.
 */
export async function loadIsolated(planning = shared): Promise<HivePackage> {
  planning.ask({});
  return {
    QueryPlanner: class extends IsolatedPlanner {
      constructor(sdl: string) {
        super(planning, sdl);
      }
    },
  };
}

class IsolatedPlanner {
  private static count = 0;
  private readonly supergraph = (IsolatedPlanner.count += 1);

  constructor(
    private readonly planning: PlanningProcess,
    private readonly sdl: string,
  ) {
    const { supergraph } = this;
    planning.ask({ supergraph, sdl });
  }

  plan(
    text: string,
    name: string | null | undefined,
    labels: ReadonlySet<string>,
    draw: number,
  ): hive.QueryPlan {
    const { planning, supergraph, sdl } = this;
    const request = { supergraph, operation: { text, name, labels, draw } };
    const reply = planning.ask(request);
    const { plan } = reply.isUnknown ? planning.ask({ ...request, sdl }) : reply;
    if (!plan) throw new Error("The planner's process told no plan");
    return plan;
  }
}

/** The process, and the thread that waits for it; both are started when they are needed. */
export class PlanningProcess {
  private readonly told = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private port: MessagePort | undefined;
  private stopWaiting = (): void => {};
  private count = 0;

  constructor(
    private readonly timers = systemTimers,
    private readonly maxPlanningMs = MAX_PLANNING_MS,
  ) {}

  /** Asks, and waits for the answer: throws what the planner throws, or how its process ended. */
  ask(request: PlanRequest): PlanReply {
    const port = (this.port ??= this.start());
    this.stopWaiting();
    this.stopWaiting = this.timers.after(IDLE_MS, () => this.end());
    const number = (this.count += 1);
    port.postMessage({ number, ...request });
    const reply = this.replyTo(number, port);
    if (reply?.failure !== undefined) throw new Error(reply.failure);
    if (reply) return reply;
    port.postMessage({ isGivenUp: true });
    throw RequestError.of('REQUEST_TIMEOUT', 'The operation takes too long to plan', 503);
  }

  /** Undefined when there is none in time. */
  private replyTo(number: number, port: MessagePort): PlanReply | undefined {
    for (;;) {
      const seen = Atomics.load(this.told, 0);
      const received = receiveMessageOnPort(port) as { readonly message: PlanReply } | undefined;
      if (received?.message.number === number) return received.message;
      // What was given up may have been answered at the last moment.
      if (received) continue;
      if (Atomics.wait(this.told, 0, seen, this.maxPlanningMs) === 'timed-out') return undefined;
    }
  }

  private start(): MessagePort {
    const { port1: port, port2: theirs } = new MessageChannel();
    const worker = new Worker(relay, {
      workerData: { port: theirs, told: this.told },
      transferList: [theirs],
      execArgv: [],
      env: {},
    });
    const forget = (): void => {
      if (this.port === port) this.port = undefined;
    };
    worker.on('error', forget);
    worker.on('exit', forget);
    worker.unref();
    port.unref();
    return port;
  }

  /** Ends the process now. The next request starts another. */
  end(): void {
    this.stopWaiting();
    this.port?.postMessage({ isLast: true });
    this.port = undefined;
  }
}

const shared = new PlanningProcess();
