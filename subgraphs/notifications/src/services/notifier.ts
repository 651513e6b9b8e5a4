import { stableId, type Clock, type Collection, type EventLog, type LiveFeed } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import { DeliveryStatus, type OutgoingDelivery } from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import type { NotificationKind } from '../entities/notification-kind.ts';
import { deliveryEnded } from '../events/delivery-ended.ts';
import { textsFor, type Facts } from './texts.ts';
import { defaultChannels } from './channels.ts';
import type { Contacts } from './contacts.ts';
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

export const deliveryId = (notificationId: string, channel: Channel): string =>
  `${notificationId}/${channel}`;

/** Tells somebody something, once per fact: each step may be repeated and then changes nothing. */
export class Notifier {
  constructor(
    private readonly store: {
      readonly notifications: Collection<Notification>;
      readonly deliveries: Collection<OutgoingDelivery>;
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
    const { notifications, deliveries, events, live } = this.store;
    const made = await this.make(kind, facts, occasion);
    const isNew = await notifications.insert(made);
    const notification = isNew ? made : ((await notifications.get(made.id)) ?? made);

    for (const channel of notification.channels) {
      if (channel === Channel.IN_APP) continue;
      await deliveries.insert(outgoing(notification, channel, occasion));
    }
    await events.append(endedAtOnce(notification));
    if (isNew && notification.isListed) live.publish(notification.userId, notification);
    this.sender.nudge();
  }

  private async make<Kind extends NotificationKind>(
    kind: Kind,
    facts: Facts[Kind],
    { eventId, userId, orderId }: Occasion,
  ): Promise<Notification> {
    const contact = await this.people.contacts.of(userId);
    const chosen = await this.people.preferences.chosen(userId, kind);
    const canBeReached = (channel: Channel) =>
      channel !== Channel.SMS || (contact !== null && contact.phone !== null);
    const channels = (chosen ?? defaultChannels(kind)).filter(canBeReached);
    const muted = defaultChannels(kind).filter(
      (channel) => canBeReached(channel) && !channels.includes(channel),
    );
    return {
      id: stableId(`${eventId}/${userId}/${kind}`),
      userId,
      kind,
      ...textsFor(contact?.locale ?? null).notifications[kind](facts),
      orderId: orderId ?? null,
      createdAt: this.clock.now().toISOString(),
      readAt: null,
      isListed: channels.includes(Channel.IN_APP),
      channels,
      muted,
    };
  }
}

const outgoing = (
  { id, userId, createdAt }: Notification,
  channel: Channel,
  { code }: Occasion,
): OutgoingDelivery => ({
  id: deliveryId(id, channel),
  notificationId: id,
  userId,
  channel,
  status: DeliveryStatus.PENDING,
  attempts: 0,
  at: createdAt,
  error: null,
  dueAt: createdAt,
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
