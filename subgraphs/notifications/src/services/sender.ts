import type { Notification } from '../entities/notification.ts';
import { OUTGOING } from './deliveries.ts';
import { DeliveryQueue, type QueueDeps } from './delivery-queue.ts';
import type { MessageProvider } from './message-provider.ts';
import { ProviderLine } from './provider-line.ts';

export interface SenderDeps extends QueueDeps {
  readonly providers: readonly MessageProvider[];
}

/** Sends what leaves the house. E-mail and text messages each have a queue, so that neither waits for the other. */
export class Sender {
  private readonly queues: readonly DeliveryQueue[];

  constructor({ providers, ...deps }: SenderDeps) {
    this.queues = OUTGOING.map((channel) => {
      const provider = providers.find((each) => each.channel === channel);
      const line = provider ? new ProviderLine(provider, deps.clock, deps.log) : null;
      return new DeliveryQueue(channel, line, deps);
    });
  }

  /**
   * A new notification as it is to be stored: its messages are taken at once where there is room, so that storing
   * them is taking them. Those for which there is none are due.
   */
  take(notification: Notification): Notification {
    return this.queues.reduce((taken, queue) => queue.take(taken), notification);
  }

  /** Sends, in the background, what `take` took, now that it is stored, and what is due. */
  send(notification: Notification): void {
    for (const queue of this.queues) queue.send(notification);
  }

  /** Resolves when everything that is due now was tried. */
  async sendDue(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.sendDue()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.stop()));
  }
}
