import type { Clock, Seal } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import type { OutgoingMessage } from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import type { Contacts } from './contacts.ts';
import { deliveryId } from './deliveries.ts';
import { NotSent, type Message } from './message-provider.ts';
import { textsFor } from './texts.ts';

/** Writes what goes out: to whom, as contacts are now, and in which words. */
export class Letters {
  constructor(
    private readonly contacts: Contacts,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** Throws NotSent for what has no address or no valid code. */
  async compose(notification: Notification, message: OutgoingMessage): Promise<Message> {
    const contact = await this.contacts.of(notification.userId);
    if (!contact) throw new NotSent('Your contact data is not known yet.', true);
    const texts = textsFor(contact.locale);
    const { title, body } =
      message.sealedCode === null
        ? notification
        : texts.passwordReset(...this.codeOf(message.sealedCode, message.expiresAt!));
    const id = deliveryId(notification.id, message.channel);
    const subject = title.replace(/\s+/g, ' ');
    if (message.channel === Channel.EMAIL) {
      return { id, to: contact.email, subject, text: texts.letter(contact.name, body), html: null };
    }
    if (contact.phone === null) throw new NotSent('You have no phone number any more.', false);
    return { id, to: contact.phone, subject, text: body, html: null };
  }

  private codeOf(sealed: string, expiresAt: string): [code: string, minutes: number] {
    const leftMs = Date.parse(expiresAt) - this.clock.now().getTime();
    if (leftMs <= 0) throw new NotSent('The code expired before it could be sent.', false);
    try {
      return [this.seal.open(sealed), Math.max(1, Math.round(leftMs / 60_000))];
    } catch {
      throw new NotSent('The code could not be read.', false);
    }
  }
}
