import { stableId, type Clock, type Collection, type EventLog, type LiveFeed } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import {
  DeliveryStatus,
  type OutgoingChannel,
  type OutgoingMessage,
} from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import type { NotificationKind } from '../entities/notification-kind.ts';
import { deliveryEnded } from '../events/delivery-ended.ts';
import { languageOf, type Facts } from './texts.ts';
import { defaultChannels } from './channels.ts';
import type { Contacts } from './contacts.ts';
import { deliveryId } from './deliveries.ts';
import type { Preferences } from './preferences.ts';
import type { Sender } from './sender.ts';

/** Who is told, and because of which fact. */
export interface Occasion {
  readonly eventId: string;
  readonly userId: string;
  readonly orderId?: string;
  /** A one-time code, sealed. */
  readonly code?: { readonly sealed: string; readonly expiresAt: string };
}

/** Tells somebody something, once per fact: each step may be repeated and then changes nothing. */
export class Notifier {
  constructor(
    private readonly store: {
      readonly notifications: Collection<Notification>;
      readonly events: EventLog;
      readonly live: LiveFeed<Notification>;
    },
    private readonly people: { readonly contacts: Contacts; readonly preferences: Preferences },
    private readonly sender: Sender,
    private readonly clock: Clock,
  ) {}

  async notify<Kind extends NotificationKind>(
    kind: Kind,
    facts: Facts[Kind],
    occasion: Occasion,
  ): Promise<void> {
    const { notifications, events, live } = this.store;
    const made = this.sender.take(await this.make(kind, facts, occasion));
    const isNew = await notifications.insert(made);
    const notification = isNew ? made : ((await notifications.get(made.id)) ?? made);

    if (isNew) this.sender.send(notification);
    await events.append(endedAtOnce(notification));
    if (isNew && notification.isListed) live.publish(notification.userId, notification);
  }

  private async make<Kind extends NotificationKind>(
    kind: Kind,
    facts: Facts[Kind],
    { eventId, userId, orderId, code }: Occasion,
  ): Promise<Notification> {
    const contact = await this.people.contacts.of(userId);
    const chosen = await this.people.preferences.chosen(userId, kind);
    const canBeReached = (channel: Channel) =>
      channel !== Channel.SMS || (contact !== null && contact.phone !== null);
    const channels = (chosen ?? defaultChannels(kind)).filter(canBeReached);
    const muted = defaultChannels(kind).filter(
      (channel) => canBeReached(channel) && !channels.includes(channel),
    );
    const language = languageOf(contact?.locale ?? null);
    const createdAt = this.clock.now().toISOString();
    const message = (channel: OutgoingChannel) =>
      channels.includes(channel) ? waiting(channel, createdAt, code) : null;
    const dueAt = (channel: OutgoingChannel) => (channels.includes(channel) ? createdAt : null);
    return {
      id: stableId(`${eventId}/${userId}/${kind}`),
      userId,
      kind,
      ...language.write(kind, facts),
      locale: contact?.locale ? language.locale : null,
      orderId: orderId ?? null,
      createdAt,
      readAt: null,
      isListed: channels.includes(Channel.IN_APP),
      channels,
      muted,
      email: message(Channel.EMAIL),
      sms: message(Channel.SMS),
      emailDueAt: dueAt(Channel.EMAIL),
      smsDueAt: dueAt(Channel.SMS),
    };
  }
}

const waiting = (
  channel: OutgoingChannel,
  at: string,
  code: Occasion['code'],
): OutgoingMessage => ({
  channel,
  status: DeliveryStatus.PENDING,
  attempts: 0,
  at,
  error: null,
  isUnderWay: false,
  sealedCode: code?.sealed ?? null,
  expiresAt: code?.expiresAt ?? null,
});

/** What stands in the list has arrived; what is muted never leaves. */
function endedAtOnce({ id, userId, createdAt, channels, muted }: Notification) {
  const inApp = channels.filter((channel) => channel === Channel.IN_APP);
  return [
    ...inApp.map((channel) => ({ channel, status: DeliveryStatus.SENT as const, attempts: 1 })),
    ...muted.map((channel) => ({
      channel,
      status: DeliveryStatus.SUPPRESSED as const,
      attempts: 0,
    })),
  ].map((ended) =>
    deliveryEnded(id, deliveryId(id, ended.channel), { userId, at: createdAt, ...ended }),
  );
}
