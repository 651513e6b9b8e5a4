import { Readable } from 'node:stream';
import { stableId, type Clock } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import {
  NotSent,
  SEND_LIMIT_MS,
  type Message,
  type MessageProvider,
  type NotSentDetails,
} from './message-provider.ts';
import { SETTINGS_REASON } from './provider-http.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the start, and not by STARTTLS. */
  readonly isSecure: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
  /** Without TLS a login is sent to this machine alone. */
  readonly requiresTls: boolean;
  /** `Name <address>`, or an address alone. */
  readonly from: string;
}

/** Sends e-mail to a mail server through nodemailer, which is loaded with the first one. */
export const smtpProvider = (settings: SmtpSettings, clock: Clock): MessageProvider => ({
  name: 'smtp',
  channel: Channel.EMAIL,
  // A Message-ID is for people's mail programs; servers take the same one twice.
  isRepeatable: false,
  async send(message) {
    const limit = new AbortController();
    const cancel = clock.after(SEND_LIMIT_MS, () => limit.abort(new Error('took too long')));
    try {
      await send(settings, message, limit.signal);
    } finally {
      cancel();
    }
  },
});

async function send(settings: SmtpSettings, message: Message, signal: AbortSignal): Promise<void> {
  const { host, port, isSecure, login, requiresTls } = settings;
  const { default: SmtpConnection } = await import('nodemailer/lib/smtp-connection');
  const { envelope, mime } = await written(settings.from, message);
  const connection = new SmtpConnection({ host, port, secure: isSecure, requireTLS: requiresTls });
  let hasBegun = false;
  const content = new Readable({
    // Read once the server has said that it takes the message.
    read() {
      hasBegun = true;
      this.push(mime);
      this.push(null);
    },
  });
  const ended = new Promise<never>((_, reject) => {
    connection.on('error', reject);
    connection.on('end', () => reject(new Error('the connection ended')));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const step = (take: (done: (error?: Error | null) => void) => void): Promise<void> =>
    Promise.race([
      ended,
      new Promise<void>((resolve, reject) => take((error) => (error ? reject(error) : resolve()))),
    ]);
  try {
    await step((done) => connection.connect(done));
    if (login) await step((done) => connection.login({ credentials: login }, done));
    await step((done) => connection.send(envelope, content, done));
  } catch (error) {
    connection.close();
    throw meaning(error as SmtpError, hasBegun);
  }
  connection.quit();
}

/** The message as it goes over the wire. */
async function written(from: string, { id, to, subject, text, html }: Message) {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const sender = addressOf(from);
  const composed = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    ...(html !== null && { html }),
    messageId: `<${stableId(id)}@${sender.split('@')[1]}>`,
    // RFC 3834: no out-of-office notes, please.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mime = await composed.compile().build();
  return { mime, envelope: { from: sender, to: [to], size: mime.length } };
}

const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;

/** What nodemailer adds to an error. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** RFC 5321, 4.2: 4xx may be tried again, 5xx not. RFC 3463: x.7.x is about who sends, x.2.2 a full mailbox. */
function meaning(error: SmtpError, hasBegun: boolean): Error {
  const { code, command = '', response = '', responseCode: status } = error;
  const told = status === undefined ? {} : { code: String(status) };
  if (status === undefined) {
    if (code === 'EENVELOPE' && command === 'API') return badAddress(told);
    if (code === 'EAUTH') return badSettings(told);
    return hasBegun
      ? error
      : new NotSent('The mail server could not be reached.', true, { fault: 'PROVIDER' });
  }
  const isOfRecipient = command.startsWith('RCPT');
  if (status < 500) {
    const fault = isOfRecipient ? 'MESSAGE' : 'PROVIDER';
    return new NotSent('The mail server takes no messages at the moment.', true, {
      ...told,
      fault,
    });
  }
  if (command === 'DATA') return new NotSent('The mail server refused the message.', false, told);
  if (!isOfRecipient || /^\d{3}[ -]\d\.7\./.test(response)) return badSettings(told);
  if (/^\d{3}[ -]\d\.2\.2/.test(response)) {
    return new NotSent('Your mailbox is full.', false, told);
  }
  return badAddress(told);
}

const badAddress = (told: NotSentDetails): NotSent =>
  new NotSent('Your e-mail address takes no messages.', false, { ...told, fault: 'ADDRESS' });

const badSettings = (told: NotSentDetails): NotSent =>
  new NotSent(SETTINGS_REASON, true, { ...told, fault: 'SETTINGS' });
