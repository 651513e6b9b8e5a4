import type { ServerResponse } from 'node:http';
import type { FakeClock } from '@crema/kit/testing';
import { twilioProvider } from '../src/services/twilio-provider.ts';
import type { ProviderKind, ProviderUnderTest } from './provider-contract.ts';
import {
  deadPort,
  openMuteServer,
  openScriptedApi,
  type ApiOfProvider,
} from './provider-servers.ts';

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

const BASIC = `Basic ${Buffer.from(`${TWILIO_SID}:${TWILIO_TOKEN}`).toString('base64')}`;

function answer(response: ServerResponse, status: number, content: object, more = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...more })
    .end(JSON.stringify(content));
}

function problem(
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
  more = {},
): void {
  const content = { code, message, more_info: `https://www.twilio.com/docs/${code}`, status };
  answer(response, status, content, more);
}

/** Answers as https://www.twilio.com/docs/messaging/api/message-resource and /docs/api/errors say. */
const twilio: ApiOfProvider = {
  knows: ({ method, url, headers }) =>
    method === 'POST' &&
    url === `/2010-04-01/Accounts/${TWILIO_SID}/Messages.json` &&
    headers['content-type'] === 'application/x-www-form-urlencoded' &&
    headers.authorization === BASIC,
  refuse: (response) => problem(response, 404, 20404, 'The requested resource was not found'),
  take({ body }, response, count) {
    const form = new URLSearchParams(body);
    const callback = new URL(form.get('StatusCallback')!);
    const sid = `SM${String(count).padStart(32, '0')}`;
    answer(response, 201, { sid, status: 'queued', error_code: null });
    return {
      to: form.getAll('To'),
      from: form.get('From')!,
      subject: null,
      text: form.get('Body')!,
      html: null,
      delivery: callback.searchParams.get('delivery'),
    };
  },
  answer(behaviour, { body }, response) {
    switch (behaviour) {
      case 'BAD_ADDRESS': {
        const to = new URLSearchParams(body).get('To');
        return problem(response, 400, 21211, `The 'To' number ${to} is not valid.`);
      }
      case 'UNAUTHORISED':
        return problem(response, 401, 20003, 'Authenticate');
      case 'BUSY':
        return problem(response, 429, 20429, 'Too Many Requests', { 'retry-after': '7' });
      case 'FAIL':
        return problem(response, 500, 20500, 'Internal Server Error');
      case 'LEAVE_OPEN':
        return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>');
      case 'DRIP':
        return void response.writeHead(201, { 'content-type': 'application/json' }).write('{');
    }
  },
};

export const openTwilio = (clock: FakeClock): Promise<ProviderUnderTest> =>
  openScriptedApi(twilio, clock, providerAt);

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
