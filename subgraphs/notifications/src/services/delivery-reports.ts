import type { Clock, Collection, Logger } from '@crema/kit';
import { DeliveryStatus, type OutgoingChannel } from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import type { Contacts } from './contacts.ts';
import { deliveryId, kept, messageOf } from './deliveries.ts';

/** What a provider tells, some time after it took a message, of one that did not arrive. */
export interface Undelivered {
  readonly channel: OutgoingChannel;
  readonly address: string;
  /** The message's id; null where the provider did not say. */
  readonly deliveryId: string | null;
  /** Whether no message will ever arrive there. */
  readonly isForGood: boolean;
  /** The provider's own word for it; it is logged. */
  readonly code: string;
}

/** Keeps what providers tell of messages that they had taken. Telling it twice changes nothing. */
export class DeliveryReports {
  constructor(
    private readonly notifications: Collection<Notification>,
    private readonly contacts: Contacts,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  async undelivered(report: Undelivered): Promise<void> {
    const { channel, deliveryId, isForGood, code } = report;
    this.log.warn({ channel, deliveryId, isForGood, code }, 'a message came back');
    if (isForGood) await this.contacts.suppress(channel, report.address);
    if (deliveryId !== null) await this.markFailed(channel, deliveryId);
  }

  /** Its recipient reads of it in the list; the fact that it was handed over stays as it was told. */
  private async markFailed(channel: OutgoingChannel, id: string): Promise<void> {
    const notification = await this.notifications.get(id.split('/')[0]!);
    const message = notification && messageOf(notification, channel);
    if (!message || deliveryId(notification.id, channel) !== id) return;
    if (message.status !== DeliveryStatus.SENT) return;
    const failed = {
      ...message,
      status: DeliveryStatus.FAILED,
      at: this.clock.now().toISOString(),
      error: 'The message came back.',
    };
    await this.notifications.change(notification.id, { set: kept(failed, null) });
  }
}
