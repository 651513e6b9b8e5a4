import { Channel } from '../entities/channel.ts';
import {
  DeliveryStatus,
  type Delivery,
  type OutgoingChannel,
  type OutgoingMessage,
} from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';

export const OUTGOING: readonly OutgoingChannel[] = [Channel.EMAIL, Channel.SMS];

/** The field that says when a channel's message is due. */
export const dueField = (channel: OutgoingChannel) =>
  channel === Channel.EMAIL ? ('emailDueAt' as const) : ('smsDueAt' as const);

export const messageOf = (
  { email, sms }: Notification,
  channel: OutgoingChannel,
): OutgoingMessage | null => (channel === Channel.EMAIL ? email : sms) ?? null;

export const messagesOf = (notification: Notification): OutgoingMessage[] =>
  OUTGOING.flatMap((channel) => messageOf(notification, channel) ?? []);

/** The fields of a notification with a message as it is now, and when it is due. */
export const kept = (message: OutgoingMessage, dueAt: string | null): Partial<Notification> =>
  message.channel === Channel.EMAIL
    ? { email: message, emailDueAt: dueAt }
    : { sms: message, smsDueAt: dueAt };

export const deliveryId = (notificationId: string, channel: Channel): string =>
  `${notificationId}/${channel}`;

/** How a notification fared on its channels. */
export function deliveriesOf(notification: Notification): Delivery[] {
  const { createdAt: at, channels, muted } = notification;
  const here = channels.includes(Channel.IN_APP)
    ? [{ channel: Channel.IN_APP, status: DeliveryStatus.SENT, attempts: 1, at, error: null }]
    : [];
  const suppressed = muted.map((channel) => ({
    channel,
    status: DeliveryStatus.SUPPRESSED,
    attempts: 0,
    at,
    error: null,
  }));
  return [...here, ...messagesOf(notification), ...suppressed];
}
