import type { Clock } from '@crema/kit';
import type { Client } from '@sendgrid/client';
import type { MailService } from '@sendgrid/mail';
import { Channel } from '../entities/channel.ts';
import { NotSent, type Message, type MessageProvider } from './message-provider.ts';
import {
  meaningOf,
  SETTINGS_REASON,
  travelling,
  withoutAnswer,
  type Travel,
} from './provider-http.ts';

export interface SendGridSettings {
  /** SG.… */
  readonly apiKey: string;
  /** `Name <address>`, or an address alone; one that SendGrid has verified. */
  readonly from: string;
  readonly baseUrl: string;
}

/** Sends e-mail through SendGrid's own client, which is loaded with the first one. */
export const sendGridProvider = (settings: SendGridSettings, clock: Clock): MessageProvider => ({
  name: 'sendgrid',
  channel: Channel.EMAIL,
  // SendGrid has no key by which it would know a message again.
  isRepeatable: false,
  send: (message) => travelling(clock, (travel) => send(settings, clock, message, travel)),
});

async function send(
  { apiKey, from, baseUrl }: SendGridSettings,
  clock: Clock,
  { id, to, subject, text, html }: Message,
  travel: Travel,
): Promise<void> {
  const { MailService, Client } = await load();
  const client = new Client();
  client.setApiKey(apiKey);
  const request = { baseUrl, ...travel, proxy: false, maxRedirects: 0, timeout: 0 };
  client.setDefaultRequest({ ...request, url: '' });
  const mail = new MailService();
  mail.setClient(client);
  try {
    await mail.send({
      to: { email: to },
      from,
      subject,
      text,
      ...(html !== null && { html }),
      // Comes back with whatever SendGrid tells of the message.
      customArgs: { delivery: id },
      // Codes and names are nobody's to count; links stay as they were written.
      trackingSettings: { clickTracking: { enable: false }, openTracking: { enable: false } },
    });
  } catch (error) {
    throw isAnswer(error) ? meaning(error, clock) : withoutAnswer(error);
  }
}

/** By the packages' types, what is loaded this way has no classes. */
async function load() {
  const mail: unknown = await import('@sendgrid/mail');
  const client: unknown = await import('@sendgrid/client');
  return {
    ...(mail as { readonly MailService: typeof MailService }),
    ...(client as { readonly Client: typeof Client }),
  };
}

/** SendGrid's `ResponseError`, which its types do not let one construct or compare with. */
interface ErrorAnswer {
  readonly code: number;
  readonly response: {
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: unknown;
  };
}

const isAnswer = (error: unknown): error is ErrorAnswer =>
  error instanceof Error &&
  'response' in error &&
  'code' in error &&
  typeof error.code === 'number';

function meaning({ code: status, response: { headers, body } }: ErrorAnswer, clock: Clock): Error {
  const fields = fieldsOf(body);
  if (status === 400 && fields.some((field) => /^personalizations\.\d+\.to\b/.test(field))) {
    const reason = 'Your e-mail address takes no messages.';
    return new NotSent(reason, false, { fault: 'ADDRESS', code: '400' });
  }
  if (status === 400 && fields.some((field) => /^from\b/.test(field))) {
    return new NotSent(SETTINGS_REASON, true, { fault: 'SETTINGS', code: '400' });
  }
  const retryAfter = headers['retry-after'];
  return meaningOf(
    { status, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined },
    clock,
  );
}

/** The paths of what is wrong, in `{ errors: [{ field }] }`. */
function fieldsOf(body: unknown): string[] {
  const errors = (body as { errors?: unknown } | null)?.errors;
  if (!Array.isArray(errors)) return [];
  return errors.map((each: { field?: unknown } | null) => String(each?.field ?? ''));
}
