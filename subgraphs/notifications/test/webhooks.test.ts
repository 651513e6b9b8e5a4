import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { call } from './http-call.ts';
import { SENDGRID_KEY } from './provider-sendgrid.ts';
import { CALLBACK, TWILIO_SID, TWILIO_TOKEN } from './provider-twilio.ts';
import { scriptedFor } from './scripted-provider.ts';
import { ada, createTestNotifications } from './support.ts';
import { Channel } from '../src/entities/channel.ts';

afterEach(closeTestSubgraphs);

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const ENV = {
  SENDGRID_API_KEY: SENDGRID_KEY,
  MAIL_FROM: 'hello@crema.example',
  SENDGRID_WEBHOOK_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  TWILIO_ACCOUNT_SID: TWILIO_SID,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  TWILIO_FROM: '+15550199',
  TWILIO_STATUS_CALLBACK: CALLBACK,
};

/** Ada was sent an e-mail and a text message; the providers have something to tell of them. */
const setUp = async () => {
  const email = scriptedFor(Channel.EMAIL, false);
  const sms = scriptedFor(Channel.SMS, false);
  const test = await createTestNotifications({
    env: ENV,
    providers: [email.provider, sms.provider],
  });
  await test.signUp('ada', { phone: '+15550100' });
  await test.ready('ada');
  await test.sendDue();
  const routeOf = (path: string) =>
    test.running.subgraph.routes!.find((route) => route.path === path)!;

  const deliveries = async () => {
    const { nodes } = (await test.see(ada)).notifications!;
    return nodes.map((node) =>
      node.deliveries.slice(1).map(({ channel, status }) => `${channel} ${status}`),
    );
  };
  const sendGridTells = (events: unknown, change: { body?: string; signature?: string } = {}) => {
    const body = typeof events === 'string' ? events : JSON.stringify(events);
    const timestamp = '1772463600';
    const signature = createSign('sha256')
      .update(timestamp + body)
      .sign(privateKey, 'base64');
    return call(routeOf('/webhooks/sendgrid'), '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-signature': change.signature ?? signature,
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
      body: change.body ?? body,
    });
  };
  const twilioTells = (fields: Record<string, string>, forged = false) => {
    const search = `?delivery=${encodeURIComponent(sms.sent[0]!.id)}`;
    const signed = Object.keys(fields)
      .sort()
      .reduce((text, name) => text + name + fields[name], CALLBACK + search);
    const signature = createHmac('sha1', forged ? 'guessed' : TWILIO_TOKEN)
      .update(signed)
      .digest('base64');
    return call(routeOf('/webhooks/twilio'), search, {
      method: 'POST',
      headers: { 'x-twilio-signature': signature },
      body: new URLSearchParams(fields),
    });
  };
  /** Whether Ada is sent another message by this channel. */
  const isReached = async (channel: typeof email) => {
    const before = channel.sent.length;
    await test.ready('ada');
    await test.sendDue();
    return channel.sent.length > before;
  };
  return { test, email, sms, deliveries, sendGridTells, twilioTells, isReached };
};

const bounce = (delivery?: string) => ({
  event: 'bounce',
  type: 'bounce',
  email: 'ada@crema.test',
  reason: '550 5.1.1 unknown',
  sg_event_id: 'e1',
  ...(delivery !== undefined && { delivery }),
});

describe('news of SendGrid', () => {
  it('of a bounce ends messages to the address, and shows in the delivery', async () => {
    const { email, deliveries, sendGridTells, isReached } = await setUp();
    const other = { event: 'processed', email: 'ada@crema.test' };
    const answer = await sendGridTells([other, bounce(email.sent[0]!.id)]);
    expect(answer.status).toBe(204);
    expect(await deliveries()).toEqual([['EMAIL FAILED', 'SMS SENT']]);
    expect(await isReached(email)).toBe(false);
    expect((await deliveries())[0]).toEqual(['EMAIL SUPPRESSED', 'SMS SENT']);
    expect((await sendGridTells([bounce(email.sent[0]!.id)])).status).toBe(204);
  });

  it.each([
    { event: 'dropped', reason: 'Bounced Address' },
    { event: 'dropped', reason: 'Unsubscribed Address' },
    { event: 'spamreport' },
    { event: 'unsubscribe' },
    { event: 'bounce', type: 'bounce', email: 'Ada@Crema.test' },
  ])('of %j ends messages to the address', async (event) => {
    const { email, sendGridTells, isReached } = await setUp();
    await sendGridTells([{ email: 'ada@crema.test', ...event }]);
    expect(await isReached(email)).toBe(false);
  });

  it.each([
    { event: 'delivered' },
    { event: 'deferred' },
    { event: 'open' },
    { event: 'bounce', type: 'blocked' },
    { event: 'dropped', reason: 'Recipient List over Package Quota' },
    { event: 'bounce', email: 'bob@crema.test' },
    { event: 'unheard-of' },
  ])('of %j ends none', async (event) => {
    const { email, sendGridTells, isReached } = await setUp();
    expect((await sendGridTells([{ email: 'ada@crema.test', ...event }])).status).toBe(204);
    expect(await isReached(email)).toBe(true);
  });

  it('is believed with its signature alone', async () => {
    const { email, deliveries, sendGridTells, isReached } = await setUp();
    const forged = [
      sendGridTells([bounce()], { body: JSON.stringify([bounce(email.sent[0]!.id)]) }),
      sendGridTells([bounce()], { signature: '' }),
      sendGridTells([bounce()], { signature: 'bm90IG9uZQ==' }),
    ];
    expect((await Promise.all(forged)).map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await deliveries()).toEqual([['EMAIL SENT', 'SMS SENT']]);
    expect(await isReached(email)).toBe(true);
  });

  it('that cannot be read is refused', async () => {
    const { sendGridTells } = await setUp();
    for (const wrong of ['', '{', '{}', '[{}]', '[{"event":1}]', 'null']) {
      expect((await sendGridTells(wrong)).status).toBe(400);
    }
    expect((await sendGridTells(' '.repeat(1_048_577))).status).toBe(413);
  });
});

describe('news of Twilio', () => {
  it('of a number that takes no messages ends messages to it, and shows in the delivery', async () => {
    const { sms, email, deliveries, twilioTells, isReached } = await setUp();
    const told = { To: '+15550100', MessageSid: 'SM1', AccountSid: TWILIO_SID };
    const answer = await twilioTells({ ...told, MessageStatus: 'undelivered', ErrorCode: '30006' });
    expect(answer.status).toBe(204);
    expect(await deliveries()).toEqual([['EMAIL SENT', 'SMS FAILED']]);
    expect(await isReached(sms)).toBe(false);
    expect(await isReached(email)).toBe(true);
  });

  it.each([
    { fields: { MessageStatus: 'delivered' }, delivery: 'SMS SENT' },
    { fields: { MessageStatus: 'sent' }, delivery: 'SMS SENT' },
    { fields: { MessageStatus: 'undelivered', ErrorCode: '30003' }, delivery: 'SMS FAILED' },
    { fields: { MessageStatus: 'failed' }, delivery: 'SMS FAILED' },
  ])('of $fields ends none', async ({ fields, delivery }) => {
    const { sms, deliveries, twilioTells, isReached } = await setUp();
    expect((await twilioTells({ To: '+15550100', ...fields } as never)).status).toBe(204);
    expect((await deliveries())[0]).toEqual(['EMAIL SENT', delivery]);
    expect(await isReached(sms)).toBe(true);
  });

  it('is believed with its signature alone', async () => {
    const { sms, twilioTells, isReached } = await setUp();
    const fields = { To: '+15550100', MessageStatus: 'failed', ErrorCode: '21610' };
    expect((await twilioTells(fields, true)).status).toBe(403);
    expect(await isReached(sms)).toBe(true);
  });
});

describe('webhooks', () => {
  it('are there where their keys are', async () => {
    const test = await createTestNotifications();
    expect(test.running.subgraph.routes!.map(({ path }) => path)).toEqual(['/dev/outbox']);
  });
});
