import type { FakeClock } from '@crema/kit/testing';
import { twilioProvider } from '../src/services/twilio-provider.ts';
import type {
  Behaviour,
  ProviderKind,
  ProviderUnderTest,
  TakenMessage,
} from './provider-contract.ts';
import { deadPort, openHttpServer, openMuteServer, Unanswered } from './provider-servers.ts';

export const TWILIO_SID = 'AC0123456789abcdef0123456789abcdef';
export const TWILIO_TOKEN = 'the-auth-token-of-twilio';
export const CALLBACK = 'https://crema.example/webhooks/twilio';

const providerAt = (baseUrl: string, clock: FakeClock) =>
  twilioProvider(
    {
      accountSid: TWILIO_SID,
      authToken: TWILIO_TOKEN,
      from: '+15550199',
      baseUrl,
      statusCallback: CALLBACK,
    },
    clock,
  );

/** Answers as https://www.twilio.com/docs/messaging/api/message-resource and /docs/api/errors say. */
export async function openTwilio(clock: FakeClock): Promise<ProviderUnderTest> {
  const script: Behaviour[] = [];
  const taken: TakenMessage[] = [];
  const unanswered = new Unanswered();
  const server = await openHttpServer(({ method, url, headers, body }, response) => {
    const answer = (status: number, content: object, more: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...more })
        .end(JSON.stringify(content));
    const problem = (status: number, code: number, message: string, more = {}) =>
      answer(
        status,
        { code, message, more_info: `https://www.twilio.com/docs/${code}`, status },
        more,
      );
    const basic = `Basic ${Buffer.from(`${TWILIO_SID}:${TWILIO_TOKEN}`).toString('base64')}`;
    const form = new URLSearchParams(body);
    const isRight =
      method === 'POST' &&
      url === `/2010-04-01/Accounts/${TWILIO_SID}/Messages.json` &&
      headers['content-type'] === 'application/x-www-form-urlencoded' &&
      headers.authorization === basic;
    if (!isRight) return void problem(404, 20404, 'The requested resource was not found');
    switch (script.shift() ?? 'TAKE') {
      case 'TAKE': {
        const callback = new URL(form.get('StatusCallback')!);
        taken.push({
          to: form.getAll('To'),
          from: form.get('From')!,
          subject: null,
          text: form.get('Body')!,
          html: null,
          delivery: callback.searchParams.get('delivery'),
        });
        const sid = `SM${String(taken.length).padStart(32, '0')}`;
        return void answer(201, { sid, status: 'queued', error_code: null });
      }
      case 'BAD_ADDRESS':
        return void problem(400, 21211, `The 'To' number ${form.get('To')} is not valid.`);
      case 'UNAUTHORISED':
        return void problem(401, 20003, 'Authenticate');
      case 'BUSY':
        return void problem(429, 20429, 'Too Many Requests', { 'retry-after': '7' });
      case 'FAIL':
        return void problem(500, 20500, 'Internal Server Error');
      case 'LEAVE_OPEN':
        return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>');
      case 'CUT_OFF':
        return void response.destroy();
      case 'DRIP':
        response.writeHead(201, { 'content-type': 'application/json' }).write('{');
        return unanswered.hold(response);
      case 'SAY_NOTHING':
        return unanswered.hold(response);
    }
  });
  return {
    provider: providerAt(server.origin, clock),
    url: server.origin,
    taken,
    get asked() {
      return server.requests.length;
    },
    will(...behaviours) {
      unanswered.forget();
      script.splice(0, script.length, ...behaviours);
    },
    stuck: () => unanswered.stuck(),
    drip: () => unanswered.drip(),
    close: server.close,
  };
}

export const twilioKind: ProviderKind = {
  name: 'Twilio',
  open: openTwilio,
  absent: async (clock) => providerAt(`http://127.0.0.1:${await deadPort()}`, clock),
  async silent(clock) {
    const { port, close } = await openMuteServer();
    return { provider: providerAt(`https://127.0.0.1:${port}`, clock), close };
  },
  message: {
    id: 'notification-1/SMS',
    to: '+15550100',
    subject: 'Order A-17 is ready',
    text: 'Your order A-17 & a “flat white” is ready.',
    html: null,
  },
  retryAfterMs: 7_000,
  taken: {
    to: ['+15550100'],
    from: '+15550199',
    subject: null,
    text: 'Your order A-17 & a “flat white” is ready.',
    html: null,
    delivery: 'notification-1/SMS',
  },
};
