import type { ServerResponse } from 'node:http';
import type { FakeClock } from '@crema/kit/testing';
import { sendGridProvider } from '../src/services/sendgrid-provider.ts';
import type { ProviderKind, ProviderUnderTest } from './provider-contract.ts';
import {
  deadPort,
  openMuteServer,
  openScriptedApi,
  type ApiOfProvider,
} from './provider-servers.ts';

export const SENDGRID_KEY = 'SG.the-key-of-sendgrid';

const providerAt = (baseUrl: string, clock: FakeClock) =>
  sendGridProvider({ apiKey: SENDGRID_KEY, from: 'Crema <hello@crema.example>', baseUrl }, clock);

interface Mail {
  readonly personalizations: readonly {
    readonly to: readonly { readonly email: string }[];
    readonly custom_args: { readonly delivery: string };
  }[];
  readonly from: { readonly email: string; readonly name: string };
  readonly subject: string;
  readonly content: readonly { readonly type: string; readonly value: string }[];
  readonly custom_args?: { readonly delivery: string };
  readonly tracking_settings: object;
}

function problem(
  response: ServerResponse,
  status: number,
  message: string,
  field: string | null = null,
  more: object = {},
): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...more })
    .end(JSON.stringify({ errors: [{ message, field, help: null }] }));
}

/** Answers as https://www.twilio.com/docs/sendgrid/api-reference/mail-send says. */
const sendGrid: ApiOfProvider = {
  knows: ({ method, url, headers }) =>
    method === 'POST' &&
    url === '/v3/mail/send' &&
    headers['content-type'] === 'application/json' &&
    headers.authorization === `Bearer ${SENDGRID_KEY}`,
  refuse: (response) => problem(response, 404, 'not found'),
  take({ body }, response) {
    const mail = JSON.parse(body) as Mail;
    const contentOf = (type: string) => mail.content.find((part) => part.type === type)?.value;
    expect(mail.tracking_settings).toEqual({
      click_tracking: { enable: false },
      open_tracking: { enable: false },
    });
    response.writeHead(202, { 'x-message-id': 'm1' }).end();
    return {
      to: mail.personalizations.flatMap(({ to }) => to.map(({ email }) => email)),
      from: `${mail.from.name} <${mail.from.email}>`,
      subject: mail.subject,
      text: contentOf('text/plain')!,
      html: contentOf('text/html') ?? null,
      delivery: mail.custom_args?.delivery ?? null,
    };
  },
  answer(behaviour, _request, response) {
    switch (behaviour) {
      case 'BAD_ADDRESS': {
        const field = 'personalizations.0.to.0.email';
        return problem(response, 400, 'Does not contain a valid address.', field);
      }
      case 'UNAUTHORISED':
        return problem(response, 401, 'The provided authorization grant is invalid');
      case 'BUSY':
        return problem(response, 429, 'too many requests', null, { 'retry-after': '7' });
      case 'FAIL':
        return problem(response, 500, 'internal error');
      case 'LEAVE_OPEN':
        return void response.writeHead(504, { 'content-type': 'text/html' }).end('<h1>504</h1>');
      case 'DRIP':
        return void response.writeHead(202, { 'content-length': '1000' }).write(' ');
    }
  },
};

export const openSendGrid = (clock: FakeClock): Promise<ProviderUnderTest> =>
  openScriptedApi(sendGrid, clock, providerAt);

export const mailMessage = {
  id: 'notification-1/EMAIL',
  to: 'ada@crema.test',
  subject: 'Order A-17 is ready',
  text: 'Hello Ada,\n\nyour order is ready.\n',
  html: '<p>Hello Ada, your order is <b>ready</b>.</p>',
};

export const sendGridKind: ProviderKind = {
  name: 'SendGrid',
  open: openSendGrid,
  absent: async (clock) => providerAt(`http://127.0.0.1:${await deadPort()}`, clock),
  async silent(clock) {
    const { port, close } = await openMuteServer();
    return { provider: providerAt(`https://127.0.0.1:${port}`, clock), close };
  },
  message: mailMessage,
  retryAfterMs: 7_000,
  taken: {
    to: ['ada@crema.test'],
    from: 'Crema <hello@crema.example>',
    subject: 'Order A-17 is ready',
    text: mailMessage.text,
    html: mailMessage.html,
    delivery: 'notification-1/EMAIL',
  },
};
