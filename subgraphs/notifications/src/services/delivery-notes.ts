import type { Clock, Collection, EventLog, Logger, Random } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import { DeliveryStatus, type OutgoingMessage } from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import { deliveryEnded } from '../events/delivery-ended.ts';
import { deliveryId, kept } from './deliveries.ts';
import { longestAgeMs, pauseAfter } from './retry-plan.ts';

/** How one try ended. UNKNOWN: it may have gone out, and is not sent again. NOT_TRIED: nobody was asked. */
export type Outcome =
  | { readonly kind: 'SENT' | 'SUPPRESSED' | 'UNKNOWN' | 'NOT_TRIED' }
  | { readonly kind: 'FAILED'; readonly reason: string; readonly code?: string | null }
  | {
      readonly kind: 'LATER';
      readonly reason: string;
      readonly retryAfterMs: number | null;
      readonly code?: string | null;
    };

export interface NotesDeps {
  readonly notifications: Collection<Notification>;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

type EndStatus = Exclude<DeliveryStatus, DeliveryStatus.PENDING>;

const { SENT, FAILED, SUPPRESSED } = DeliveryStatus;

/** How long a message waits of which nobody was asked to take it, and how long what the event log did not take. */
const AGAIN_MS = 1_000;

/** Keeps how tries ended, and tells of what has ended. */
export class DeliveryNotes {
  constructor(private readonly deps: NotesDeps) {}

  /** Resolves to when to try again, in milliseconds; null when that is over. */
  async note(
    notification: Notification,
    message: OutgoingMessage,
    outcome: Outcome,
  ): Promise<number | null> {
    this.log(notification, message, outcome);
    switch (outcome.kind) {
      case 'SENT':
        return this.end(notification, message, SENT, null);
      case 'FAILED':
        return this.end(notification, message, FAILED, outcome.reason);
      case 'UNKNOWN':
        return this.end(
          notification,
          message,
          FAILED,
          'It is not known whether the message arrived.',
        );
      case 'SUPPRESSED':
        return this.end(notification, untried(message), SUPPRESSED, returned(message));
      case 'NOT_TRIED':
        return this.wait(notification, untried(message), AGAIN_MS);
      case 'LATER':
        return this.tryLater(notification, message, outcome);
    }
  }

  /** Tells what has ended and could not be told then. */
  async tellAgain(notification: Notification, message: OutgoingMessage): Promise<void> {
    await this.tell(notification, message);
    await this.deps.notifications.change(notification.id, { set: kept(message, null) });
  }

  private tryLater(
    notification: Notification,
    message: OutgoingMessage,
    { reason, retryAfterMs }: Extract<Outcome, { kind: 'LATER' }>,
  ): Promise<number | null> {
    const pauseMs = pauseAfter(message.attempts, retryAfterMs, this.deps.random);
    const ageMs = this.nowMs() + pauseMs - Date.parse(notification.createdAt);
    if (ageMs > longestAgeMs(notification.kind)) {
      return this.end(notification, message, FAILED, reason);
    }
    return this.wait(notification, { ...message, error: reason }, pauseMs);
  }

  private async wait(
    { id }: Notification,
    message: OutgoingMessage,
    pauseMs: number,
  ): Promise<number> {
    const waiting = { ...message, isUnderWay: false, at: this.inMs(0) };
    await this.deps.notifications.change(id, { set: kept(waiting, this.inMs(pauseMs)) });
    return pauseMs;
  }

  /**
   * Told before it is kept: a crash in between tells it again, and the log keeps it once. Where the log is away, it is
   * kept all the same, for what was sent must not be taken for lost, and told later.
   */
  private async end(
    notification: Notification,
    message: OutgoingMessage,
    status: EndStatus,
    error: string | null,
  ): Promise<null> {
    const at = this.inMs(0);
    const ended = { ...message, status, at, error, isUnderWay: false, sealedCode: null };
    let tellAt: string | null = null;
    try {
      await this.tell(notification, ended);
    } catch (failure) {
      tellAt = this.inMs(AGAIN_MS);
      this.deps.log.warn({ err: failure }, 'how a delivery ended could not be told; it will be');
    }
    await this.deps.notifications.change(notification.id, { set: kept(ended, tellAt) });
    return null;
  }

  private async tell({ id, userId }: Notification, message: OutgoingMessage): Promise<void> {
    const { channel, attempts, at } = message;
    const status = message.status as EndStatus;
    const fact = { userId, channel, status, attempts, at };
    await this.deps.events.append([deliveryEnded(id, deliveryId(id, channel), fact)]);
  }

  /** No part of an error is written down: it may quote the message or an address. */
  private log({ id }: Notification, message: OutgoingMessage, outcome: Outcome): void {
    const { channel, attempts } = message;
    if (outcome.kind === 'SENT' || outcome.kind === 'NOT_TRIED') return;
    const code = 'code' in outcome ? (outcome.code ?? undefined) : undefined;
    const fields = { deliveryId: deliveryId(id, channel), channel, attempts, code };
    this.deps.log.warn({ ...fields, outcome: outcome.kind }, 'a message could not be sent');
  }

  private nowMs(): number {
    return this.deps.clock.now().getTime();
  }

  private inMs(ms: number): string {
    return new Date(this.nowMs() + ms).toISOString();
  }
}

const untried = (message: OutgoingMessage): OutgoingMessage => ({
  ...message,
  attempts: message.attempts - 1,
});

const returned = ({ channel }: OutgoingMessage): string =>
  channel === Channel.EMAIL
    ? 'Messages to your e-mail address came back. Change it to get them again.'
    : 'Text messages to your phone number came back. Change it to get them again.';
