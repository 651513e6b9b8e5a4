import type { Logger } from '@crema/kit';
import { closeTestSubgraphs, FakeClock } from '@crema/kit/testing';
import type { Behaviour, ProviderUnderTest } from './provider-contract.ts';
import { openSendGrid, SENDGRID_KEY } from './provider-sendgrid.ts';
import { openSmtp } from './provider-smtp.ts';
import { openTwilio, TWILIO_SID, TWILIO_TOKEN } from './provider-twilio.ts';
import { ada, createTestNotifications } from './support.ts';

const servers: ProviderUnderTest[] = [];
const opened = async (opening: Promise<ProviderUnderTest>): Promise<ProviderUnderTest> => {
  const server = await opening;
  servers.push(server);
  return server;
};

afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env['TWILIO_LOG_LEVEL'];
  await closeTestSubgraphs();
  for (const server of servers.splice(0)) await server.close();
});

const CODE = '482913';
const PHONE = '+15550100';
const SECRETS = /482913|ada@crema|Ada|15550100|the-key-of|the-auth-token|the-password-of/;

/** Everything that this process writes to a terminal, its own log and whatever the clients write past it. */
function captured(): { readonly lines: string[]; readonly log: Logger } {
  const lines: string[] = [];
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    jest.spyOn(console, name).mockImplementation((...given) => void lines.push(given.join(' ')));
  }
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      lines.push(String(text));
      return true;
    });
  }
  const write = (fields: object, message: string) =>
    void lines.push(JSON.stringify(fields, (_, value: unknown) => told(value)) + message);
  const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };
  return { lines, log };
}

/** What the log's own serializer writes of an error. */
const told = (value: unknown): unknown =>
  value instanceof Error ? { message: value.message, stack: value.stack } : value;

const ALL: readonly Behaviour[] = [
  'BAD_ADDRESS',
  'UNAUTHORISED',
  'BUSY',
  'FAIL',
  'CUT_OFF',
  'TAKE',
];

const mailServers = {
  SendGrid: async () => {
    const server = await opened(openSendGrid(new FakeClock()));
    return { server, env: { SENDGRID_API_KEY: SENDGRID_KEY, SENDGRID_BASE_URL: server.url } };
  },
  SMTP: async () => {
    const server = await opened(openSmtp(new FakeClock()));
    return { server, env: { SMTP_URL: server.url } };
  },
};

describe('a log at its most talkative', () => {
  it.each(['SendGrid', 'SMTP'] as const)(
    'holds no code, address or key when %s takes or refuses a code',
    async (name) => {
      process.env['TWILIO_LOG_LEVEL'] = 'debug';
      const { server, env } = await mailServers[name]();
      const { lines, log } = captured();
      const test = await createTestNotifications({
        env: { ...env, MAIL_FROM: 'hello@crema.example' },
        log,
      });
      await test.signUp('ada', { name: 'Ada' });
      await test.ask(
        ada,
        'mutation { setNotificationPreference(kind: ORDER_READY, channels: []) { userErrors { code } } }',
      );
      for (const behaviour of ALL) {
        server.will(behaviour);
        await test.forgetPassword('ada', CODE);
        await test.sendDue();
        test.clock.advance(60_000);
      }
      await test.sendDue();
      expect(server.taken.length).toBeGreaterThan(0);
      expect(server.taken[0]!.text).toContain(CODE);
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.join('\n')).not.toMatch(SECRETS);
    },
  );

  it('holds no text, number or token when Twilio takes or refuses a message', async () => {
    process.env['TWILIO_LOG_LEVEL'] = 'debug';
    const server = await opened(openTwilio(new FakeClock()));
    const { lines, log } = captured();
    const test = await createTestNotifications({
      env: {
        TWILIO_ACCOUNT_SID: TWILIO_SID,
        TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
        TWILIO_FROM: '+15550199',
        TWILIO_BASE_URL: server.url,
        TWILIO_STATUS_CALLBACK: 'https://crema.example/webhooks/twilio',
      },
      log,
    });
    for (const [index, behaviour] of ALL.entries()) {
      server.will(behaviour);
      await test.signUp(`ada${index}`, { name: 'Ada', phone: PHONE });
      await test.ready(`ada${index}`);
      await test.sendDue();
      test.clock.advance(60_000);
    }
    await test.sendDue();
    expect(server.asked).toBeGreaterThan(ALL.length);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('\n')).not.toMatch(/A-17|15550100|Ada|the-auth-token/);
  });
});
