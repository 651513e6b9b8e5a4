import { createPublicKey } from 'node:crypto';
import { readEnvironment, truth, type Environment } from '@crema/kit';
import { z } from 'zod';
import type { SendGridSettings } from './services/sendgrid-provider.ts';
import type { SmtpSettings } from './services/smtp-provider.ts';
import type { TwilioSettings } from './services/twilio-provider.ts';

const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

const httpUrl = () =>
  z.string().refine((text) => {
    const url = urlOf(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
  }, 'must be an http or https URL without a query');

const secret = (description: string) => ({ description, secret: true });

/** The settings of the subgraph's own. */
export const settings = z
  .object({
    SEAL_SECRET: z
      .string({ error: 'must be set, the same for accounts and notifications' })
      .min(32, 'must have at least 32 characters')
      .meta(secret('Seals one-time codes between accounts and notifications.')),
    NODE_ENV: z.string().optional().describe('production: messages are sent, not shown.'),
    DEV_OUTBOX: truth()
      .optional()
      .describe('Keeps messages that no provider takes, and shows them at /dev/outbox.'),
    TWILIO_ACCOUNT_SID: z
      .string()
      .regex(/^AC[0-9a-f]{32}$/i, 'must be AC and 32 hexadecimal digits')
      .optional()
      .describe('Sends text messages through this Twilio account.'),
    TWILIO_AUTH_TOKEN: z.string().optional().meta(secret("The Twilio account's token.")),
    TWILIO_FROM: z
      .string()
      .regex(
        /^(\+[1-9]\d{6,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z\d ]{1,11})$/,
        'must be a number such as +15550100, a messaging service (MG…) or a name of up to 11 letters',
      )
      .optional()
      .describe('The number, messaging service or name that text messages come from.'),
    TWILIO_BASE_URL: httpUrl()
      .default('https://api.twilio.com')
      .describe("Where Twilio's API is; another one for staging."),
    TWILIO_STATUS_CALLBACK: httpUrl()
      .optional()
      .describe('This subgraph’s /webhooks/twilio as Twilio reaches it: it tells what came back.'),
    SENDGRID_API_KEY: z
      .string()
      .regex(/^SG\../, 'must begin with SG.')
      .optional()
      .meta(secret('Sends e-mail through SendGrid.')),
    SENDGRID_BASE_URL: httpUrl()
      .default('https://api.sendgrid.com')
      .describe("Where SendGrid's API is; https://api.eu.sendgrid.com for the EU."),
    SENDGRID_WEBHOOK_KEY: z
      .string()
      .refine(isPublicKey, 'must be the verification key as SendGrid shows it')
      .optional()
      .describe('The verification key of signed events at /webhooks/sendgrid.'),
    SMTP_URL: z
      .string()
      .refine(
        (text) => smtpOf(text) !== null,
        'must be smtp://USER:PASSWORD@HOST:PORT or smtps://…',
      )
      .optional()
      .meta(secret('Sends e-mail through a mail server: smtp:// uses STARTTLS, smtps:// TLS.')),
    MAIL_FROM: z
      .string()
      .regex(
        /^([^<>\r\n@",;:]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
        'must be an address, or Name <address>',
      )
      .optional()
      .describe('Who e-mail comes from: Name <address>.'),
  })
  .superRefine((given, { addIssue }) => {
    const wrong = (name: string, message: string) =>
      addIssue({ code: 'custom', path: [name], message });
    const needs = (name: keyof typeof given, ...others: (keyof typeof given)[]) => {
      if (given[name] === undefined) return;
      for (const other of others) {
        if (given[other] === undefined) wrong(other, `must be set where ${name} is`);
      }
    };
    needs('TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM');
    needs('TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID');
    needs('TWILIO_STATUS_CALLBACK', 'TWILIO_ACCOUNT_SID');
    needs('SENDGRID_API_KEY', 'MAIL_FROM');
    needs('SENDGRID_WEBHOOK_KEY', 'SENDGRID_API_KEY');
    needs('SMTP_URL', 'MAIL_FROM');
    if (given.SENDGRID_API_KEY !== undefined && given.SMTP_URL !== undefined) {
      wrong('SMTP_URL', 'must not be set where SENDGRID_API_KEY is: e-mail goes one way');
    }
  });

export interface NotificationsConfig {
  /** Opens the one-time codes that accounts has sealed. */
  readonly sealSecret: string;
  /** Whether messages that no provider takes are kept and shown at /dev/outbox. */
  readonly devOutbox: boolean;
  /** At most one of these two. */
  readonly sendGrid: (SendGridSettings & { readonly webhookKey: string | null }) | null;
  readonly smtp: SmtpSettings | null;
  readonly twilio: TwilioSettings | null;
}

export function readConfig(env: Environment): NotificationsConfig {
  const given = readEnvironment(settings, env);
  const from = given.MAIL_FROM ?? '';
  return Object.freeze({
    sealSecret: given.SEAL_SECRET,
    devOutbox: given.DEV_OUTBOX ?? given.NODE_ENV !== 'production',
    sendGrid:
      given.SENDGRID_API_KEY === undefined
        ? null
        : {
            apiKey: given.SENDGRID_API_KEY,
            baseUrl: given.SENDGRID_BASE_URL,
            webhookKey: given.SENDGRID_WEBHOOK_KEY ?? null,
            from,
          },
    smtp: given.SMTP_URL === undefined ? null : { ...smtpOf(given.SMTP_URL)!, from },
    twilio:
      given.TWILIO_ACCOUNT_SID === undefined
        ? null
        : {
            accountSid: given.TWILIO_ACCOUNT_SID,
            authToken: given.TWILIO_AUTH_TOKEN!,
            from: given.TWILIO_FROM!,
            baseUrl: given.TWILIO_BASE_URL,
            statusCallback: given.TWILIO_STATUS_CALLBACK ?? null,
          },
  });
}

/** Null for what is no such URL. */
function smtpOf(text: string): Omit<SmtpSettings, 'from'> | null {
  const url = urlOf(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return null;
  if (url.pathname.length > 1 || url.search !== '' || url.hash !== '') return null;
  if ((url.username === '') !== (url.password === '')) return null;
  const isSecure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const login =
    url.username === ''
      ? null
      : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    isSecure,
    login,
    requiresTls: login !== null && !isSecure && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host),
  };
}

function isPublicKey(text: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}
