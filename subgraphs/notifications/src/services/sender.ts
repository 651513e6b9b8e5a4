import type { Clock, Collection, EventLog, Logger, Random } from '@crema/kit';
import {
  DeliveryStatus,
  type OutgoingChannel,
  type OutgoingMessage,
} from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import { deliveryEnded } from '../events/delivery-ended.ts';
import { deliveryId, dueField, kept, messageOf, messagesOf, OUTGOING } from './deliveries.ts';
import type { Letters } from './letters.ts';
import { NotSent, type MessageProvider } from './message-provider.ts';

const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 300_000;
/** A try that has not ended by then died with its process. Longer than any provider may take. */
const LEASE_MS = 60_000;
const AT_ONCE = 10;

export interface SenderDeps {
  readonly notifications: Collection<Notification>;
  readonly letters: Letters;
  readonly providers: readonly MessageProvider[];
  readonly events: EventLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

/**
 * Sends what is due and tries again what certainly did not go out. A message of which nobody knows whether it
 * went is not sent a second time, unless its provider knows it by its id.
 */
export class Sender {
  private readonly underWay = new Set<Promise<void>>();
  /** What providers have from this process. However long they take, it is not taken again here. */
  private readonly handedOver = new Set<string>();
  private isLooking = false;
  private isNudged = false;
  private isStopped = false;

  constructor(private readonly deps: SenderDeps) {}

  /**
   * A new notification as it is to be stored: its messages are taken at once where there is room, so that storing
   * them is taking them. Those for which there is none are due.
   */
  take(notification: Notification): Notification {
    const messages = messagesOf(notification);
    if (this.isStopped || this.underWay.size + messages.length > AT_ONCE) return notification;
    const leasedUntil = this.inMs(LEASE_MS);
    return messages.reduce(
      (taken, message) => ({ ...taken, ...kept(begun(message), leasedUntil) }),
      notification,
    );
  }

  /** Sends, in the background, what `take` took, now that it is stored, and what is due. */
  send(notification: Notification): void {
    for (const message of messagesOf(notification)) {
      if (message.isUnderWay) this.goOn(this.deliver(notification, message, false));
      else this.nudge();
    }
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
      for (const channel of OUTGOING) {
        const due = await this.due(channel);
        await Promise.all(due.map((notification) => this.attempt(notification, channel)));
        if (due.length === AT_ONCE) this.isNudged = true;
      }
    }
  }

  private due(channel: OutgoingChannel): Promise<Notification[]> {
    const field = dueField(channel);
    return this.deps.notifications.find({
      where: { [field]: { below: this.inMs(1) } },
      order: [
        [field, 'asc'],
        ['id', 'asc'],
      ],
      limit: AT_ONCE,
    });
  }

  /** Whoever moves the time when a message is due has it. */
  private async attempt(notification: Notification, channel: OutgoingChannel): Promise<void> {
    if (this.handedOver.has(deliveryId(notification.id, channel))) return;
    const waiting = messageOf(notification, channel)!;
    const field = dueField(channel);
    const message = begun(waiting);
    const isTaken = await this.deps.notifications.change(notification.id, {
      where: { [field]: notification[field] },
      set: kept(message, this.inMs(LEASE_MS)),
    });
    if (isTaken) await this.deliver(notification, message, waiting.isUnderWay);
  }

  private async deliver(
    notification: Notification,
    message: OutgoingMessage,
    wasCutShort: boolean,
  ): Promise<void> {
    const provider = this.deps.providers.find(({ channel }) => channel === message.channel);
    const id = deliveryId(notification.id, message.channel);
    this.handedOver.add(id);
    try {
      if (!provider) throw new NotSent('Messages of this kind cannot be sent here.', false);
      if (wasCutShort && !provider.isRepeatable) throw new Error('interrupted');
      await provider.send(await this.deps.letters.compose(notification, message));
    } catch (error) {
      return await this.failed(notification, message, provider, error);
    } finally {
      this.handedOver.delete(id);
    }
    await this.end(notification, message, DeliveryStatus.SENT, null);
  }

  private async failed(
    notification: Notification,
    message: OutgoingMessage,
    provider: MessageProvider | undefined,
    error: unknown,
  ): Promise<void> {
    const { notifications, log } = this.deps;
    const { channel, attempts } = message;
    const mayRepeat =
      error instanceof NotSent ? error.isTemporary : (provider?.isRepeatable ?? false);
    const reason =
      error instanceof NotSent ? error.reason : 'It is not known whether the message arrived.';
    const id = deliveryId(notification.id, channel);
    // No part of the error is written down: it may quote the message or an address.
    log.warn({ deliveryId: id, channel, attempts, mayRepeat }, 'a message could not be sent');
    if (!mayRepeat || attempts >= MOST_TRIES) {
      return this.end(notification, message, DeliveryStatus.FAILED, reason);
    }
    const waiting = { ...message, isUnderWay: false, at: this.inMs(0), error: reason };
    const dueAt = this.inMs(this.pauseAfter(attempts));
    await notifications.change(notification.id, { set: kept(waiting, dueAt) });
  }

  /** Told before it is kept: a crash in between tells it again, and the log keeps it once. */
  private async end(
    { id, userId }: Notification,
    message: OutgoingMessage,
    status: DeliveryStatus.SENT | DeliveryStatus.FAILED,
    error: string | null,
  ): Promise<void> {
    const { channel, attempts } = message;
    const at = this.inMs(0);
    const ended = { userId, channel, status, attempts, at };
    await this.deps.events.append([deliveryEnded(id, deliveryId(id, channel), ended)]);
    await this.deps.notifications.change(id, {
      set: kept({ ...message, status, at, error, isUnderWay: false, sealedCode: null }, null),
    });
  }

  /** Exponential with full jitter, so that what failed together does not come back together. */
  private pauseAfter(attempts: number): number {
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    const [byte] = this.deps.random.bytes(1);
    return Math.round(longest * (0.5 + byte! / 512));
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
