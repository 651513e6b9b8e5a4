import { LRUCache } from 'lru-cache';
import type { Changes } from './changes.ts';
import { Flight } from './flight.ts';

/** A question that may be asked by several at once. */
export interface Question<Answer> {
  /** Equal keys have equal answers. */
  readonly key: string;
  /** What questions that differ in who asks have in common: the operation. */
  readonly kind: string | object;
  /** Gives up waiting for the answer. */
  readonly signal: AbortSignal | undefined;
  /** Finds the answer; nobody needs it any more when the signal aborts. Rejects and never throws. */
  ask(signal: AbortSignal | undefined): Promise<Answer>;
}

/** Kinds that are remembered for having had an answer for one asker alone. */
const MAX_PERSONAL_KINDS = 1_000;

/**
 * Asks equal questions that come at the same time once. Each asker gives up for itself, and the work is aborted when the
 * last one has. Who asks after something changed is not given an answer from before. An answer that is for one asker alone
 * goes to the first one; the others ask for themselves, and questions of its kind are not shared from then on.
 */
export class SharedWork<Answer> {
  private readonly flights = new Map<string, Flight<Answer>>();
  private readonly personalKinds = new LRUCache<string | object, true>({ max: MAX_PERSONAL_KINDS });

  constructor(
    private readonly changes: Changes,
    private readonly isPersonal: (answer: Answer) => boolean,
  ) {}

  /** How many different questions are being asked. */
  get size(): number {
    return this.flights.size;
  }

  answer(question: Question<Answer>): Promise<Answer> {
    const { key, kind, signal } = question;
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.personalKinds.has(kind)) return question.ask(signal);
    const known = this.flights.get(key);
    const flight = known?.asOf === this.changes.count ? known : this.start(question);
    return flight.wait(question);
  }

  private start({ key, kind, ask }: Question<Answer>): Flight<Answer> {
    // A newer flight may have taken the place of one that is out of date.
    const forget = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    const flight = new Flight<Answer>(this.changes.count, forget);
    this.flights.set(key, flight);
    ask(flight.signal).then(
      (answer) => {
        forget();
        const isPersonal = this.isPersonal(answer);
        if (isPersonal) this.personalKinds.set(kind, true);
        flight.succeeded(answer, isPersonal);
      },
      (reason: unknown) => {
        forget();
        flight.failed(reason);
      },
    );
    return flight;
  }
}
