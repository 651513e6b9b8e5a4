import { SubscriptionLostError, type SubgraphResponse } from '../transport/subgraph-transport.ts';
import type { BackOff } from './back-off.ts';
import { eventIdOf, type Resumption } from './resumption.ts';

/** Where a subscription has come to: the id of the last event, or of that after which its client wanted to begin. */
export class Progress {
  private last: string | undefined;

  constructor(first: unknown) {
    if (typeof first === 'string') this.last = first;
  }

  /** What comes after it can be asked for; undefined when there is no telling. */
  after(resumption: Resumption | undefined): string | undefined {
    return resumption && this.last;
  }

  saw(event: SubgraphResponse, resumption: Resumption | undefined): void {
    this.last = (resumption && eventIdOf(event, resumption)) ?? this.last;
  }
}

/** One connection of a subscription: after which event it begins, and how long it waits for its subgraph. */
export interface Opening {
  readonly after: string | undefined;
  readonly patienceMs: number;
}

/** What a subscription goes on by. */
export interface ResumedOptions {
  readonly resumption: Resumption | undefined;
  readonly progress: Progress;
  readonly backOff: BackOff;
  readonly signal: AbortSignal;
  /** Whether it went on elsewhere before, so that its beginning is its progress already. */
  readonly isResuming: boolean;
}

/**
 * The events of a subscription, over as many connections as it takes. When one breaks, the next takes up
 * after the last event that was seen; without any way to tell which that was, the break is thrown on.
 */
export async function* resumed(
  open: (opening: Opening) => Promise<AsyncIterable<SubgraphResponse>>,
  { resumption, progress, backOff, signal, ...options }: ResumedOptions,
): AsyncGenerator<SubgraphResponse, void> {
  let { isResuming } = options;
  for (;;) {
    const after = isResuming ? progress.after(resumption) : undefined;
    try {
      for await (const event of await open({ after, patienceMs: after ? backOff.leftMs : 0 })) {
        backOff.succeeded();
        progress.saw(event, resumption);
        yield event;
      }
      return;
    } catch (reason) {
      if (!(reason instanceof SubscriptionLostError)) throw reason;
      const isKnown = reason.wasOpen || isResuming;
      if (!isKnown || progress.after(resumption) === undefined) throw reason;
      if (!(await backOff.again(reason.wasOpen, signal))) throw reason;
      isResuming = true;
    }
  }
}
