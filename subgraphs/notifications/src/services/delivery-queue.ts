import type { Clock, Collection, Logger } from '@crema/kit';
import {
  DeliveryStatus,
  type OutgoingChannel,
  type OutgoingMessage,
} from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import type { Permit } from './circuit-breaker.ts';
import type { Contacts } from './contacts.ts';
import { deliveryId, dueField, kept, messageOf } from './deliveries.ts';
import type { DeliveryNotes, Outcome } from './delivery-notes.ts';
import type { Letters } from './letters.ts';
import { NotSent, type Message } from './message-provider.ts';
import type { ProviderLine } from './provider-line.ts';

/** A try that has not ended by then died with its process. Longer than any provider may take. */
const LEASE_MS = 60_000;
const AT_ONCE = 10;
/** The job that looks for what is due comes every second. */
const SOON_MS = 2_000;

export interface QueueDeps {
  readonly notifications: Collection<Notification>;
  readonly letters: Letters;
  readonly contacts: Contacts;
  readonly notes: DeliveryNotes;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * The messages of one channel. Whoever moves the time when a message is due has it; so each is at one process at a
 * time. What a provider may have got is not sent a second time, unless the provider knows it by its id.
 */
export class DeliveryQueue {
  private readonly underWay = new Set<Promise<void>>();
  /** What the provider has from this process. However long it takes, it is not taken again here. */
  private readonly handedOver = new Set<string>();
  private isLooking = false;
  private isNudged = false;
  private isStopped = false;

  constructor(
    private readonly channel: OutgoingChannel,
    /** Null where there is no provider for the channel. */
    private readonly line: ProviderLine | null,
    private readonly deps: QueueDeps,
  ) {}

  /** The notification with this channel's message taken, if there is one and there is room. */
  take(notification: Notification): Notification {
    const message = messageOf(notification, this.channel);
    const hasRoom = !this.isStopped && this.underWay.size < AT_ONCE && this.line?.isWell !== false;
    if (!message || !hasRoom) return notification;
    return { ...notification, ...kept(begun(message), this.inMs(LEASE_MS)) };
  }

  send(notification: Notification): void {
    const message = messageOf(notification, this.channel);
    if (!message) return;
    if (!message.isUnderWay) return this.nudge();
    this.goOn(this.deliver(notification, message, false, this.line?.acquire() ?? null));
  }

  /** Resolves when everything that is due now was tried. */
  async sendDue(): Promise<void> {
    this.nudge();
    await this.idle();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.idle();
  }

  private async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private nudge(): void {
    this.isNudged = true;
    if (this.isLooking || this.isStopped) return;
    this.isLooking = true;
    this.goOn(
      this.look().finally(() => {
        this.isLooking = false;
      }),
    );
  }

  /** What fails here was not kept: it is found again when its lease ends. */
  private goOn(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => {
        this.deps.log.error({ err: error }, 'messages wait: they could not be read or kept');
      })
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  private async look(): Promise<void> {
    // Whoever stored the message goes on first.
    await Promise.resolve();
    while (this.isNudged && !this.isStopped) {
      this.isNudged = false;
      const due = await this.due();
      const tries = await Promise.all(due.map((notification) => this.attempt(notification)));
      // Where none was tried, the provider is to be left alone: the rest waits for the next look.
      if (due.length === AT_ONCE && tries.includes(true)) this.isNudged = true;
    }
  }

  private due(): Promise<Notification[]> {
    const field = dueField(this.channel);
    return this.deps.notifications.find({
      where: { [field]: { below: this.inMs(1) } },
      order: [
        [field, 'asc'],
        ['id', 'asc'],
      ],
      limit: AT_ONCE,
    });
  }

  /** False when it was left alone: it is another's, or its provider is to be left alone. */
  private async attempt(notification: Notification): Promise<boolean> {
    if (this.handedOver.has(deliveryId(notification.id, this.channel))) return false;
    const waiting = messageOf(notification, this.channel)!;
    if (waiting.status !== DeliveryStatus.PENDING) {
      await this.deps.notes.tellAgain(notification, waiting);
      return true;
    }
    const permit = this.line?.acquire() ?? null;
    if (this.line && !permit) return false;
    const field = dueField(this.channel);
    const message = begun(waiting);
    try {
      const isTaken = await this.deps.notifications.change(notification.id, {
        where: { [field]: notification[field] },
        set: kept(message, this.inMs(LEASE_MS)),
      });
      if (isTaken) await this.deliver(notification, message, waiting.isUnderWay, permit);
      return isTaken;
    } finally {
      permit?.released();
    }
  }

  private async deliver(
    notification: Notification,
    message: OutgoingMessage,
    wasCutShort: boolean,
    permit: Permit | null,
  ): Promise<void> {
    const { notes, clock } = this.deps;
    const id = deliveryId(notification.id, this.channel);
    this.handedOver.add(id);
    try {
      const outcome = await this.outcomeOf(notification, message, wasCutShort, permit);
      const pauseMs = await notes.note(notification, message, outcome);
      if (pauseMs !== null && pauseMs <= SOON_MS) clock.after(pauseMs, () => this.nudge());
    } finally {
      permit?.released();
      this.handedOver.delete(id);
    }
  }

  private async outcomeOf(
    notification: Notification,
    message: OutgoingMessage,
    wasCutShort: boolean,
    permit: Permit | null,
  ): Promise<Outcome> {
    const { line } = this;
    if (!line) return { kind: 'FAILED', reason: 'Messages of this kind cannot be sent here.' };
    if (wasCutShort && !line.provider.isRepeatable) return { kind: 'UNKNOWN' };
    if (!permit) return { kind: 'NOT_TRIED' };
    // A lost password cannot wait for a new address: its code is tried even where messages came back.
    const isUrgent = message.sealedCode !== null;
    if (!isUrgent && (await this.deps.contacts.refuses(notification.userId, this.channel))) {
      return { kind: 'SUPPRESSED' };
    }
    let letter: Message | null = null;
    try {
      letter = await this.deps.letters.compose(notification, message);
      await line.send(letter, permit);
      return { kind: 'SENT' };
    } catch (error) {
      return this.meaningOf(error, letter);
    }
  }

  private async meaningOf(error: unknown, letter: Message | null): Promise<Outcome> {
    if (!(error instanceof NotSent)) {
      if (letter && !this.line!.provider.isRepeatable) return { kind: 'UNKNOWN' };
      return { kind: 'LATER', reason: 'The message could not be sent.', retryAfterMs: null };
    }
    const { reason, isTemporary, fault, retryAfterMs, code } = error;
    if (fault === 'ADDRESS' && letter) await this.deps.contacts.suppress(this.channel, letter.to);
    return isTemporary
      ? { kind: 'LATER', reason, retryAfterMs, code }
      : { kind: 'FAILED', reason, code };
  }

  private inMs(ms: number): string {
    return new Date(this.deps.clock.now().getTime() + ms).toISOString();
  }
}

const begun = (message: OutgoingMessage): OutgoingMessage => ({
  ...message,
  isUnderWay: true,
  attempts: message.attempts + 1,
});
