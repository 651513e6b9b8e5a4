import type { Clock, Seal } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import type { OutgoingMessage } from '../entities/delivery.ts';
import type { Notification } from '../entities/notification.ts';
import type { Contacts } from './contacts.ts';
import { deliveryId } from './deliveries.ts';
import { letterPage, letterText, type Letter } from './letter-page.ts';
import { NotSent, type Message } from './message-provider.ts';
import { oneLine } from './one-line.ts';
import { languageOf } from './texts.ts';

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
    // As it is told in the app; who was not known then is written to as they are known now.
    const language = languageOf(notification.locale ?? contact.locale);
    const code =
      message.sealedCode === null ? null : this.codeOf(message.sealedCode, message.expiresAt!);
    const { title, body } = code ? language.passwordReset(code.text, code.minutes) : notification;
    const id = deliveryId(notification.id, message.channel);
    const subject = oneLine(title);
    if (message.channel === Channel.EMAIL) {
      const letter: Letter = {
        locale: language.locale,
        title: subject,
        greeting: language.greeting(oneLine(contact.name)),
        body,
        code: code?.text ?? null,
      };
      return { id, to: contact.email, subject, text: letterText(letter), html: letterPage(letter) };
    }
    if (contact.phone === null) throw new NotSent('You have no phone number any more.', false);
    return { id, to: contact.phone, subject, text: body, html: null };
  }

  private codeOf(sealed: string, expiresAt: string): { text: string; minutes: number } {
    const leftMs = Date.parse(expiresAt) - this.clock.now().getTime();
    if (leftMs <= 0) throw new NotSent('The code expired before it could be sent.', false);
    try {
      return { text: this.seal.open(sealed), minutes: Math.max(1, Math.round(leftMs / 60_000)) };
    } catch {
      throw new NotSent('The code could not be read.', false);
    }
  }
}
