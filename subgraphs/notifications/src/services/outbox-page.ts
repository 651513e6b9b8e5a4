import type { HttpRoute } from '@crema/kit';
import type { DevOutbox, KeptMessage } from './dev-outbox.ts';

const SHOWN = 100;

/** GET /dev/outbox, `?to=` for one recipient: a page for people, JSON for who asks for it. */
export const outboxPage = (outbox: DevOutbox): HttpRoute => ({
  method: 'GET',
  path: '/dev/outbox',
  async handle(request, response) {
    const { searchParams } = new URL(request.url ?? '/', 'http://outbox');
    const messages = await outbox.newest(SHOWN, searchParams.get('to') ?? undefined);
    const wantsJson = (request.headers.accept ?? '').includes('application/json');
    response.writeHead(200, {
      'content-type': wantsJson ? 'application/json' : 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
      vary: 'accept',
    });
    response.end(wantsJson ? JSON.stringify({ messages }) : pageOf(messages));
  },
});

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const articleOf = ({ at, channel, to, subject, text }: KeptMessage): string => `
  <article>
    <p><b>${escaped(channel)}</b> to ${escaped(to)} <time>${escaped(at)}</time></p>
    <h2>${escaped(subject)}</h2>
    <pre>${escaped(text)}</pre>
  </article>`;

const pageOf = (messages: readonly KeptMessage[]): string => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Outbox</title>
  <style>
    body { font: 16px/1.5 system-ui; margin: 2rem auto; max-width: 44rem; padding: 0 1rem; }
    article { border-top: 1px solid #ccc; padding: 1rem 0; }
    h2 { font-size: 1.1rem; margin: 0; }
    p, time { color: #555; margin: 0; }
    pre { font: inherit; margin: 0.5rem 0 0; white-space: pre-wrap; }
  </style>
</head>
<body>
  <h1>Outbox</h1>
  <p>No message leaves this machine. The newest ${SHOWN} stand here; ?to=ADDRESS shows one recipient's.</p>
  ${messages.length > 0 ? messages.map(articleOf).join('') : '<p>There are none yet.</p>'}
</body>
</html>
`;
