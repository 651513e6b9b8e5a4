import type { Channel } from '../entities/channel.ts';

/** One message to one person, ready to go. */
export interface Message {
  /** The same however often the message is tried. */
  readonly id: string;
  /** An e-mail address, or a phone number. */
  readonly to: string;
  /** One line; text messages have none. */
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** A whole HTML document that says the same, for e-mail; null for text messages. */
  readonly html: string | null;
}

/** It is certain that the message did not go out. `reason` is shown to its recipient: no secrets, no addresses. */
export class NotSent extends Error {
  constructor(
    readonly reason: string,
    /** Whether trying again later may help. */
    readonly isTemporary: boolean,
  ) {
    super(reason);
    this.name = 'NotSent';
  }
}

/** Takes messages out of the house, by one channel. */
export interface MessageProvider {
  readonly channel: Channel.EMAIL | Channel.SMS;
  /** Whether a message with an id that was sent before is not sent again. */
  readonly isRepeatable: boolean;
  /**
   * Resolves when the message is on its way. Throws NotSent when it certainly is not, and anything else when
   * nobody knows. Ends within half a minute.
   */
  send(message: Message): Promise<void>;
}
