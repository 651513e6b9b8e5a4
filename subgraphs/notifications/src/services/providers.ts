import type { Clock } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import type { DevOutbox } from './dev-outbox.ts';
import type { MessageProvider } from './message-provider.ts';
import { sendGridProvider, type SendGridSettings } from './sendgrid-provider.ts';
import { smtpProvider, type SmtpSettings } from './smtp-provider.ts';
import { twilioProvider, type TwilioSettings } from './twilio-provider.ts';

export interface ProviderSettings {
  /** At most one of these two. */
  readonly sendGrid: SendGridSettings | null;
  readonly smtp: SmtpSettings | null;
  readonly twilio: TwilioSettings | null;
}

/** A provider for each channel: the one that has credentials, else the outbox where there is one, else none. */
export function providersOf(
  { sendGrid, smtp, twilio }: ProviderSettings,
  outbox: DevOutbox | null,
  clock: Clock,
): readonly MessageProvider[] {
  const mail = sendGrid
    ? sendGridProvider(sendGrid, clock)
    : smtp
      ? smtpProvider(smtp, clock)
      : outbox?.provider(Channel.EMAIL);
  const text = twilio ? twilioProvider(twilio, clock) : outbox?.provider(Channel.SMS);
  return [mail, text].filter((each) => each !== undefined);
}
