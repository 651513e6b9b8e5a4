import { grouped, Loader, type Collection, type Context } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import { DeliveryStatus, type Delivery, type OutgoingDelivery } from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';

/** How notifications fared on their channels. */
export class Deliveries {
  private readonly outgoing: Loader<OutgoingDelivery[]>;

  constructor(deliveries: Collection<OutgoingDelivery>) {
    this.outgoing = new Loader(async (notificationIds) => {
      const found = await deliveries.find({
        where: { notificationId: notificationIds },
        order: [['id', 'asc']],
      });
      return grouped(notificationIds, found, ({ notificationId }) => notificationId);
    });
  }

  async of(notification: Notification, { loaders }: Context): Promise<Delivery[]> {
    const { id, createdAt: at, channels, muted } = notification;
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
    return [...here, ...(await loaders.load(this.outgoing, id)), ...suppressed];
  }
}
