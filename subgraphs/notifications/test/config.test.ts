import { generateKeyPairSync } from 'node:crypto';
import { closeTestSubgraphs, FakeClock, TEST_SECRET } from '@crema/kit/testing';
import { readConfig } from '../src/config.ts';
import { ada, createTestNotifications } from './support.ts';
import { openSendGrid, SENDGRID_KEY } from './provider-sendgrid.ts';
import { TWILIO_SID, TWILIO_TOKEN } from './provider-twilio.ts';

afterEach(closeTestSubgraphs);

const env = { SEAL_SECRET: TEST_SECRET };
const twilio = {
  TWILIO_ACCOUNT_SID: TWILIO_SID,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  TWILIO_FROM: '+15550199',
};
const sendGrid = { SENDGRID_API_KEY: SENDGRID_KEY, MAIL_FROM: 'Crema <hello@crema.example>' };

const problemsOf = (more: Record<string, string>): string[] => {
  try {
    readConfig({ ...env, ...more });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

describe('the configuration', () => {
  it('has the outbox in development, and in production only when told', () => {
    expect(readConfig(env).devOutbox).toBe(true);
    expect(readConfig({ ...env, NODE_ENV: 'production' }).devOutbox).toBe(false);
    expect(readConfig({ ...env, NODE_ENV: 'production', DEV_OUTBOX: 'true' }).devOutbox).toBe(true);
    expect(readConfig({ ...env, DEV_OUTBOX: 'false' }).devOutbox).toBe(false);
  });

  it('names every wrong value at once', () => {
    const problems = problemsOf({
      SEAL_SECRET: 'short',
      DEV_OUTBOX: 'perhaps',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_FROM: '5550100',
      TWILIO_BASE_URL: 'ftp://api.twilio.com',
      TWILIO_STATUS_CALLBACK: 'crema.example/webhooks/twilio',
      SENDGRID_API_KEY: 'key',
      SENDGRID_BASE_URL: 'api',
      SENDGRID_WEBHOOK_KEY: 'AAAA',
      SMTP_URL: 'http://mail.example',
      MAIL_FROM: 'Crema',
    });
    expect(problems.map((line) => line.split(':')[0])).toEqual([
      'SEAL_SECRET',
      'DEV_OUTBOX',
      'TWILIO_ACCOUNT_SID',
      'TWILIO_FROM',
      'TWILIO_BASE_URL',
      'TWILIO_STATUS_CALLBACK',
      'SENDGRID_API_KEY',
      'SENDGRID_BASE_URL',
      'SENDGRID_WEBHOOK_KEY',
      'SMTP_URL',
      'MAIL_FROM',
    ]);
    expect(() => readConfig({})).toThrow('SEAL_SECRET: must be set');
  });

  it('names what is missing beside what is set', () => {
    expect(problemsOf({ TWILIO_ACCOUNT_SID: TWILIO_SID })).toEqual([
      'TWILIO_AUTH_TOKEN: must be set where TWILIO_ACCOUNT_SID is',
      'TWILIO_FROM: must be set where TWILIO_ACCOUNT_SID is',
    ]);
    expect(problemsOf({ SENDGRID_API_KEY: SENDGRID_KEY })).toEqual([
      'MAIL_FROM: must be set where SENDGRID_API_KEY is',
    ]);
    expect(problemsOf({ SMTP_URL: 'smtp://mail.example' })).toEqual([
      'MAIL_FROM: must be set where SMTP_URL is',
    ]);
    expect(problemsOf({ ...sendGrid, SMTP_URL: 'smtp://mail.example' })).toEqual([
      'SMTP_URL: must not be set where SENDGRID_API_KEY is: e-mail goes one way',
    ]);
  });

  it('reads the account of text messages', () => {
    expect(readConfig({ ...env, ...twilio }).twilio).toEqual({
      accountSid: TWILIO_SID,
      authToken: TWILIO_TOKEN,
      from: '+15550199',
      baseUrl: 'https://api.twilio.com',
      statusCallback: null,
    });
  });

  it('reads a mail server from its URL', () => {
    const smtpOf = (SMTP_URL: string) =>
      readConfig({ ...env, SMTP_URL, MAIL_FROM: 'hello@crema.example' }).smtp;
    expect(smtpOf('smtp://u%40x:p%2Fq@mail.example')).toEqual({
      host: 'mail.example',
      port: 587,
      isSecure: false,
      login: { user: 'u@x', pass: 'p/q' },
      requiresTls: true,
      from: 'hello@crema.example',
    });
    expect(smtpOf('smtps://mail.example')).toMatchObject({
      port: 465,
      isSecure: true,
      login: null,
    });
    expect(smtpOf('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525 });
    for (const wrong of ['smtp://', 'smtp://user@mail.example', 'smtp://mail.example/path']) {
      expect(problemsOf({ SMTP_URL: wrong, MAIL_FROM: 'hello@crema.example' })).toHaveLength(1);
    }
  });

  it('takes the key of signed events as SendGrid shows it', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    expect(problemsOf({ ...sendGrid, SENDGRID_WEBHOOK_KEY: key })).toEqual([]);
  });
});

describe('a channel', () => {
  it('goes through the provider that has credentials, the others to the outbox', async () => {
    const server = await openSendGrid(new FakeClock());
    const env = { ...sendGrid, SENDGRID_BASE_URL: server.url };
    const test = await createTestNotifications({ env });
    await test.signUp('ada', { phone: '+15550100' });
    await test.ready('ada');
    await test.sendDue();
    await server.close();
    expect(server.taken.map(({ to }) => to)).toEqual([['ada@crema.test']]);
    expect((await test.outbox()).map(({ channel, to }) => [channel, to])).toEqual([
      ['SMS', '+15550100'],
    ]);
    const [, email, sms] = (await test.see(ada)).notifications!.nodes[0]!.deliveries;
    expect([email, sms]).toMatchObject([{ status: 'SENT' }, { status: 'SENT' }]);
  });
});
