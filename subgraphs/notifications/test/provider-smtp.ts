import type { FakeClock } from '@crema/kit/testing';
import { SMTPServer } from 'smtp-server';
import type { MessageProvider } from '../src/services/message-provider.ts';
import { smtpProvider, type SmtpSettings } from '../src/services/smtp-provider.ts';
import type {
  Behaviour,
  ProviderKind,
  ProviderUnderTest,
  TakenMessage,
} from './provider-contract.ts';
import { mailMessage } from './provider-sendgrid.ts';
import { deadPort, listen, openMuteServer } from './provider-servers.ts';

const LOGIN = { user: 'crema', pass: 'the-password-of-smtp' };

export const smtpAt = (
  port: number,
  clock: FakeClock,
  more: Partial<SmtpSettings> = {},
): MessageProvider =>
  smtpProvider(
    {
      host: '127.0.0.1',
      port,
      isSecure: false,
      login: LOGIN,
      requiresTls: false,
      from: 'Crema <hello@crema.example>',
      ...more,
    },
    clock,
  );

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** A mail server that does what it is told, on plain TCP or with the STARTTLS of a certificate of its own. */
export async function openSmtp(clock: FakeClock, offersTls = false): Promise<ProviderUnderTest> {
  const script: Behaviour[] = [];
  const taken: TakenMessage[] = [];
  const raw: string[] = [];
  let asked = 0;
  let behaviour: Behaviour = 'TAKE';
  let tellStuck: () => void = () => undefined;
  let isStuck = new Promise<void>((resolve) => (tellStuck = resolve));
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: offersTls ? [] : ['STARTTLS'],
    disableReverseLookup: true,
    onConnect(_session, done) {
      asked++;
      behaviour = script.shift() ?? 'TAKE';
      done();
    },
    onAuth({ username, password }, _session, done) {
      const isRight = username === LOGIN.user && password === LOGIN.pass;
      if (!isRight || behaviour === 'UNAUTHORISED') {
        return done(refusal(535, '5.7.8 Authentication credentials invalid'));
      }
      done(null, { user: username });
    },
    onMailFrom(_address, _session, done) {
      done(behaviour === 'BUSY' ? refusal(421, '4.3.2 too many connections') : null);
    },
    onRcptTo({ address }, _session, done) {
      done(behaviour === 'BAD_ADDRESS' ? refusal(550, `5.1.1 <${address}> unknown`) : null);
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mime = Buffer.concat(chunks).toString('utf8');
        switch (behaviour) {
          case 'FAIL':
            return done(refusal(451, '4.3.0 try again later'));
          case 'LEAVE_OPEN':
          case 'CUT_OFF':
            return void destroyAll(server);
          case 'SAY_NOTHING':
          case 'DRIP':
            return tellStuck();
          default: {
            raw.push(mime);
            taken.push({
              to: envelope.rcptTo.map(({ address }) => address),
              from: headerOf(mime, 'From')!,
              subject: headerOf(mime, 'Subject'),
              text: partOf(mime, 'text/plain')!,
              html: partOf(mime, 'text/html'),
              delivery: null,
            });
            done();
          }
        }
      });
    },
  });
  server.on('error', () => undefined);
  const port = await listen(server.server);
  return {
    provider: smtpAt(port, clock),
    url: `smtp://${LOGIN.user}:${LOGIN.pass}@127.0.0.1:${port}`,
    taken,
    raw,
    get asked() {
      return asked;
    },
    will(...behaviours: readonly Behaviour[]) {
      isStuck = new Promise<void>((resolve) => (tellStuck = resolve));
      script.splice(0, script.length, ...behaviours);
    },
    stuck: () => isStuck,
    // Half a reply: it is none before its end of line.
    drip: () => sockets(server).forEach((socket) => socket.write('2')),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        destroyAll(server);
      }),
  } as ProviderUnderTest & { readonly raw: readonly string[] };
}

interface Connection {
  readonly _socket: { destroy(): void; write(text: string): void };
}

const sockets = (server: SMTPServer) =>
  [...(server as unknown as { connections: Set<Connection> }).connections].map(
    ({ _socket }) => _socket,
  );

const destroyAll = (server: SMTPServer): void => {
  for (const socket of sockets(server)) socket.destroy();
};

export const headerOf = (mime: string, name: string): string | null =>
  new RegExp(`^${name}: (.*)\\r\\n`, 'm').exec(mime.split('\r\n\r\n')[0] + '\r\n')?.[1] ?? null;

/** A part's content. What the tests send needs no decoding. */
function partOf(mime: string, type: string): string | null {
  const boundary = /boundary="([^"]+)"/.exec(mime)?.[1];
  if (boundary === undefined) return null;
  const part = mime.split(`--${boundary}`).find((each) => each.includes(`Content-Type: ${type};`));
  return (
    part
      ?.split('\r\n\r\n')
      .slice(1)
      .join('\r\n\r\n')
      .replace(/\r\n$/, '')
      .replaceAll('\r\n', '\n') ?? null
  );
}

export const smtpKind: ProviderKind = {
  name: 'SMTP',
  open: openSmtp,
  absent: async (clock) => smtpAt(await deadPort(), clock),
  async silent(clock) {
    const { port, close } = await openMuteServer();
    return { provider: smtpAt(port, clock), close };
  },
  message: mailMessage,
  retryAfterMs: null,
  taken: {
    to: ['ada@crema.test'],
    from: 'Crema <hello@crema.example>',
    subject: 'Order A-17 is ready',
    text: mailMessage.text,
    html: mailMessage.html,
    delivery: null,
  },
};
