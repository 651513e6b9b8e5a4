import type { OutgoingChannel } from '../entities/delivery.ts';

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

/**
 * What was wrong: the message, the address it goes to, our settings with the provider, or the provider itself. A
 * provider that is at fault, or refuses our settings, is left alone for a while; an address is not written to again.
 */
export type Fault = 'MESSAGE' | 'ADDRESS' | 'SETTINGS' | 'PROVIDER';

export interface NotSentDetails {
  /** The message unless told. */
  readonly fault?: Fault;
  /** How long the provider asked to be left alone. */
  readonly retryAfterMs?: number;
  /** The provider's own number for what is wrong; it is logged. */
  readonly code?: string;
}

/** It is certain that the message did not go out. `reason` is shown to its recipient: no secrets, no addresses. */
export class NotSent extends Error {
  readonly fault: Fault;
  readonly retryAfterMs: number | null;
  readonly code: string | null;

  constructor(
    readonly reason: string,
    /** Whether trying again later may help. */
    readonly isTemporary: boolean,
    { fault = 'MESSAGE', retryAfterMs, code }: NotSentDetails = {},
  ) {
    super(reason);
    this.name = 'NotSent';
    this.fault = fault;
    this.retryAfterMs = retryAfterMs ?? null;
    this.code = code ?? null;
  }
}

/** Takes messages out of the house, by one channel. */
export interface MessageProvider {
  /** For the log: `twilio`, `sendgrid`, `smtp` or `outbox`. */
  readonly name: string;
  readonly channel: OutgoingChannel;
  /** Whether a message with an id that was sent before is not sent again. */
  readonly isRepeatable: boolean;
  /**
   * Resolves when the message is on its way. Throws NotSent when it certainly is not, and anything else when
   * nobody knows. Ends within SEND_LIMIT_MS.
   */
  send(message: Message): Promise<void>;
}

/** The longest that a provider may take for one message. */
export const SEND_LIMIT_MS = 10_000;
