import type { Clock, Collection, EventLog, Logger, Random, Seal } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import { DeliveryStatus, type OutgoingDelivery } from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import { deliveryEnded } from '../events/delivery-ended.ts';
import { NotSent, type Message, type MessageProvider } from './message-provider.ts';
import { textsFor } from './texts.ts';
import type { Contacts } from './contacts.ts';

const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 300_000;
/** A try that has not ended by then died with its process. Longer than any provider may take. */
const LEASE_MS = 60_000;
const AT_ONCE = 10;

export interface SenderDeps {
  readonly deliveries: Collection<OutgoingDelivery>;
  readonly notifications: Collection<Notification>;
  readonly contacts: Contacts;
  readonly providers: readonly MessageProvider[];
  readonly seal: Seal;
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
  private running: Promise<void> | null = null;
  private isNudged = false;
  private isStopped = false;

  constructor(private readonly deps: SenderDeps) {}

  /** Sends what is due now, in the background. */
  nudge(): void {
    this.isNudged = true;
    if (this.running || this.isStopped) return;
    this.running = this.run()
      .catch((error: unknown) => {
        this.deps.log.error({ err: error }, 'messages wait: they could not be read or kept');
      })
      .finally(() => {
        this.running = null;
      });
  }

  /** Resolves when everything that is due now was tried. */
  async sendDue(): Promise<void> {
    this.nudge();
    await this.running;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // Whoever stored the message goes on first.
    await Promise.resolve();
    while (this.isNudged && !this.isStopped) {
      this.isNudged = false;
      const due = await this.due();
      await Promise.all(due.map((delivery) => this.attempt(delivery)));
      if (due.length === AT_ONCE) this.isNudged = true;
    }
  }

  private due(): Promise<OutgoingDelivery[]> {
    return this.deps.deliveries.find({
      where: { status: DeliveryStatus.PENDING, dueAt: { below: this.inMs(1) } },
      order: [
        ['dueAt', 'asc'],
        ['id', 'asc'],
      ],
      limit: AT_ONCE,
    });
  }

  private async attempt(delivery: OutgoingDelivery): Promise<void> {
    const provider = this.deps.providers.find(({ channel }) => channel === delivery.channel);
    const attempts = delivery.attempts + 1;
    const taken = await this.deps.deliveries.change(delivery.id, {
      where: { status: DeliveryStatus.PENDING, dueAt: delivery.dueAt },
      set: { isUnderWay: true, attempts, dueAt: this.inMs(LEASE_MS) },
    });
    if (!taken) return;
    const tried = { ...delivery, attempts };
    try {
      if (!provider) throw new NotSent('Messages of this kind cannot be sent here.', false);
      if (delivery.isUnderWay && !provider.isRepeatable) throw new Error('interrupted');
      await provider.send(await this.compose(tried));
    } catch (error) {
      return this.failed(tried, provider, error);
    }
    await this.end(tried, DeliveryStatus.SENT, null);
  }

  private async failed(
    delivery: OutgoingDelivery,
    provider: MessageProvider | undefined,
    error: unknown,
  ): Promise<void> {
    const { deliveries, log } = this.deps;
    const { id, channel, attempts } = delivery;
    const mayRepeat =
      error instanceof NotSent ? error.isTemporary : (provider?.isRepeatable ?? false);
    const reason =
      error instanceof NotSent ? error.reason : 'It is not known whether the message arrived.';
    // No part of the error is written down: it may quote the message or an address.
    log.warn({ deliveryId: id, channel, attempts, mayRepeat }, 'a message could not be sent');
    if (!mayRepeat || attempts >= MOST_TRIES) {
      return this.end(delivery, DeliveryStatus.FAILED, reason);
    }
    await deliveries.change(id, {
      set: {
        isUnderWay: false,
        dueAt: this.inMs(this.pauseAfter(attempts)),
        at: this.inMs(0),
        error: reason,
      },
    });
  }

  /** Told before it is kept: a crash in between tells it again, and the log keeps it once. */
  private async end(
    { id, notificationId, userId, channel, attempts }: OutgoingDelivery,
    status: DeliveryStatus.SENT | DeliveryStatus.FAILED,
    error: string | null,
  ): Promise<void> {
    const at = this.inMs(0);
    const fact = deliveryEnded(notificationId, id, { userId, channel, status, attempts, at });
    await this.deps.events.append([fact]);
    await this.deps.deliveries.change(id, {
      set: { status, at, error, dueAt: null, isUnderWay: false, sealedCode: null },
    });
  }

  private async compose(delivery: OutgoingDelivery): Promise<Message> {
    const contact = await this.deps.contacts.of(delivery.userId);
    if (!contact) throw new NotSent('Your contact data is not known yet.', true);
    const texts = textsFor(contact.locale);
    const { title, body } =
      delivery.sealedCode === null
        ? await this.textOf(delivery)
        : texts.passwordReset(...this.codeOf(delivery));
    const subject = title.replace(/\s+/g, ' ');
    if (delivery.channel === Channel.EMAIL) {
      return {
        id: delivery.id,
        to: contact.email,
        subject,
        text: texts.letter(contact.name, body),
      };
    }
    if (contact.phone === null) throw new NotSent('You have no phone number any more.', false);
    return { id: delivery.id, to: contact.phone, subject, text: body };
  }

  private async textOf({ notificationId }: OutgoingDelivery): Promise<Notification> {
    const notification = await this.deps.notifications.get(notificationId);
    if (!notification) throw new NotSent('The notification is not there any more.', false);
    return notification;
  }

  private codeOf({ sealedCode, expiresAt }: OutgoingDelivery): [code: string, minutes: number] {
    const leftMs = Date.parse(expiresAt!) - this.deps.clock.now().getTime();
    if (leftMs <= 0) throw new NotSent('The code expired before it could be sent.', false);
    try {
      return [this.deps.seal.open(sealedCode!), Math.max(1, Math.round(leftMs / 60_000))];
    } catch {
      throw new NotSent('The code could not be read.', false);
    }
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
