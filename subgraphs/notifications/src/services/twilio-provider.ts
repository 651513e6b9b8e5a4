import type { Clock } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import { NotSent, type Message, type MessageProvider } from './message-provider.ts';
import {
  meaningOf,
  SETTINGS_REASON,
  travelling,
  withoutAnswer,
  type Travel,
} from './provider-http.ts';

export interface TwilioSettings {
  /** AC and 32 hexadecimal digits. */
  readonly accountSid: string;
  readonly authToken: string;
  /** A number in E.164, or the SID of a messaging service (MG…). */
  readonly from: string;
  readonly baseUrl: string;
  /** Where Twilio tells how a message fared: our webhook as it is seen from outside. */
  readonly statusCallback: string | null;
}

/**
 * Twilio's numbers for a phone number that takes no text messages: not valid, no mobile, unreachable for us, or its
 * owner answered STOP. https://www.twilio.com/docs/api/errors
 */
export const UNDELIVERABLE_CODES: ReadonlySet<number> = new Set([
  21211, 21214, 21217, 21401, 21407, 21421, 21610, 21612, 21614, 30005, 30006,
]);

/** What is wrong with our sender or our account, whoever the message goes to. */
const SETTINGS_CODES: ReadonlySet<number> = new Set([
  20003, 20404, 21212, 21408, 21603, 21606, 21608, 21659, 21660, 21701, 21702, 21703,
]);

/** Sends text messages through Twilio's own client, which is loaded with the first of them. */
export const twilioProvider = (settings: TwilioSettings, clock: Clock): MessageProvider => ({
  name: 'twilio',
  channel: Channel.SMS,
  // Twilio has no key by which it would know a message again.
  isRepeatable: false,
  send: (message) => travelling(clock, (travel) => send(settings, clock, message, travel)),
});

async function send(
  { accountSid, authToken, from, baseUrl, statusCallback }: TwilioSettings,
  clock: Clock,
  message: Message,
  travel: Travel,
): Promise<void> {
  const { default: twilio } = await import('twilio');
  // Repeating is ours to decide, and its log would tell what is sent to whom.
  const httpClient = new twilio.RequestClient({ keepAlive: false, autoRetry: false });
  httpClient.axios.interceptors.request.use((request) =>
    Object.assign(request, travel, { url: movedTo(baseUrl, request.url!) }),
  );
  const client = twilio(accountSid, authToken, { httpClient, logLevel: 'silent' });
  try {
    await client.messages.create({
      to: message.to,
      ...(from.startsWith('MG') ? { messagingServiceSid: from } : { from }),
      body: message.text,
      ...(statusCallback !== null && {
        statusCallback: `${statusCallback}?delivery=${encodeURIComponent(message.id)}`,
      }),
    });
  } catch (error) {
    if (!(error instanceof twilio.RestException)) throw withoutAnswer(error);
    const retryAfter = headerOf(httpClient.lastResponse?.headers, 'retry-after');
    throw meaning(error.status, error.code, retryAfter, clock);
  }
}

function meaning(
  status: number,
  code: number | undefined,
  retryAfter: string | undefined,
  clock: Clock,
): Error {
  if (code !== undefined && status >= 400 && status < 500) {
    const told = { code: `${status}/${code}` };
    if (UNDELIVERABLE_CODES.has(code)) {
      const reason = 'Your phone number takes no text messages.';
      return new NotSent(reason, false, { ...told, fault: 'ADDRESS' });
    }
    if (SETTINGS_CODES.has(code)) {
      return new NotSent(SETTINGS_REASON, true, { ...told, fault: 'SETTINGS' });
    }
  }
  return meaningOf({ status, code, retryAfter }, clock);
}

/** The same request to another origin, whatever region or edge the environment names. */
function movedTo(baseUrl: string, url: string): string {
  const { pathname, search } = new URL(url);
  return baseUrl.replace(/\/+$/, '') + pathname + search;
}

const headerOf = (headers: unknown, name: string): string | undefined => {
  const value = (headers as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};
