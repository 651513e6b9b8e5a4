import { LRUCache } from 'lru-cache';
import type { Changes } from './changes.ts';
import { Flight } from './flight.ts';
import type { CancelSignal } from '../system/cancellation.ts';

/** A question that may be asked by several at once. */
export interface Question<Answer> {
  /** The operation. */
  readonly kind: string | object;
  /** All else that decides on the answer: questions of one kind with equal keys have equal answers. */
  readonly key: string;
  /** Gives up waiting for the answer. */
  readonly signal: CancelSignal | undefined;
  /** Finds the answer; nobody needs it any more when the signal aborts. Rejects and never throws. */
  ask(signal: CancelSignal | undefined, abort?: (reason: Error) => void): Promise<Answer>;
}

/** Kinds that are remembered for having had an answer for one asker alone. */
const MAX_PERSONAL_KINDS = 1_000;

/**
 * Asks equal questions that come at the same time once. Each asker gives up for itself, and the work is aborted when the
 * last one has. Who asks after something changed is not given an answer from before. An answer that is for one asker alone
 * goes to the first one; the others ask for themselves, and questions of its kind are not shared from then on.
 */
export class SharedWork<Answer> {
  /** By kind and key: a kind that lives on is found without reading it again. */
  private readonly flights = new Map<string | object, Map<string, Flight<Answer>>>();
  private readonly personalKinds = new LRUCache<string | object, true>({ max: MAX_PERSONAL_KINDS });

  constructor(
    private readonly changes: Changes,
    private readonly isPersonal: (answer: Answer) => boolean,
    /** An answer as it is told to several. */
    private readonly shared: (answer: Answer) => Answer = (answer) => answer,
  ) {}

  answer(question: Question<Answer>): Promise<Answer> {
    const { key, kind, signal } = question;
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.personalKinds.has(kind)) return question.ask(signal);
    const known = this.flights.get(kind)?.get(key);
    const isJoined = known?.asOf === this.changes.count && !known.signal.aborted;
    return (isJoined ? known : this.start(question)).wait(question);
  }

  private start({ key, kind, ask }: Question<Answer>): Flight<Answer> {
    const ofKind = this.flights.get(kind) ?? new Map<string, Flight<Answer>>();
    const forget = (): void => {
      // A newer flight may have taken the place of one that is out of date.
      if (ofKind.get(key) === flight) ofKind.delete(key);
      if (ofKind.size === 0 && this.flights.get(kind) === ofKind) this.flights.delete(kind);
    };
    const flight = new Flight<Answer>(this.changes.count, forget);
    this.flights.set(kind, ofKind.set(key, flight));
    ask(flight.signal, flight.abort).then(
      (answer) => {
        forget();
        const isPersonal = this.isPersonal(answer);
        if (isPersonal) this.personalKinds.set(kind, true);
        flight.succeeded(answer, isPersonal, this.shared);
      },
      (reason: unknown) => {
        forget();
        flight.failed(reason);
      },
    );
    return flight;
  }
}
