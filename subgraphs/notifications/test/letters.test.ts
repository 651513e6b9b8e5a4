import { closeTestSubgraphs } from '@crema/kit/testing';
import { FundsTransferred } from '@crema/schema/events';
import * as fc from 'fast-check';
import { NotificationKind } from '../src/entities/notification-kind.ts';
import { letterPage, letterText, type Letter } from '../src/services/letter-page.ts';
import { oneLine } from '../src/services/one-line.ts';
import { languageOf } from '../src/services/texts.ts';
import { createTestNotifications, usd, type TestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

/** What people write who want to be more than a name: in pieces, so that all of them meet. */
const given = fc
  .array(
    fc.oneof(
      fc.constantFrom('<script>', '</p>', '<', '>', '&', '&amp;', '"', "'", '${1}', '{{x}}'),
      fc.constantFrom('\r\n', '\n', '\r', '\0', '\t', '\u2028', '\u0085', '\u202E', '\uD83E'),
      fc.constantFrom(
        'Bcc: eve@crema.test',
        'Subject: x',
        '.',
        'Ada',
        ' ',
        'ñ',
        '🥐',
        '=?utf-8?b?',
      ),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202E]/u;

const unescaped = (markup: string): string =>
  markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const tagsOf = (markup: string): string[] => markup.match(/<[^>]*>/g)!;

describe('what somebody wrote', () => {
  it('is text in every title and body, on one line', () => {
    fc.assert(
      fc.property(fc.constantFrom('en', 'es'), given, given, (tag, sender, note) => {
        const { write } = languageOf(tag);
        const facts = { amount: usd(500), sender, note };
        const { title, body } = write(NotificationKind.TRANSFER_RECEIVED, facts);
        expect(title).not.toMatch(CONTROL);
        expect(body).not.toMatch(CONTROL);
        expect(title).toContain(oneLine(sender));
        expect(body).toContain(oneLine(note));
      }),
    );
  });

  it('changes nothing of an e-mail but the words', () => {
    const letterOf = (name: string, title: string, body: string): Letter => ({
      locale: 'es-MX',
      greeting: languageOf('es-MX').greeting(oneLine(name)),
      title: oneLine(title),
      body: oneLine(body),
      code: null,
    });
    const harmless = letterPage(letterOf('Ada', 'Title', 'Body'));
    fc.assert(
      fc.property(given, given, given, (name, title, body) => {
        const letter = letterOf(name, title, body);
        const page = letterPage(letter);
        expect(tagsOf(page)).toEqual(tagsOf(harmless));
        expect(page.split('\n')).toHaveLength(harmless.split('\n').length);
        for (const text of [letter.greeting, letter.title, letter.body]) {
          expect(unescaped(page)).toContain(text);
        }
        expect(letterText(letter).split('\n')).toHaveLength(6);
      }),
    );
  });
});

describe('an e-mail', () => {
  const transfer = (test: TestNotifications, note: string | null) =>
    test.tell(FundsTransferred, 'wallet-bob', {
      walletId: 'wallet-bob',
      userId: 'bob',
      transactionId: 't1',
      toWalletId: 'wallet-ada',
      toUserId: 'ada',
      toTransactionId: 't2',
      amount: usd(500),
      note,
      at: test.clock.now().toISOString(),
    });

  it('is the same in plain text and in HTML that mail clients show, whoever wrote what', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada', { name: 'Ada\r\nBcc: eve@crema.test <b>' });
    await test.signUp('bob', { name: 'Bob\nBcc: eve@crema.test <img src=x onerror=alert(1)>' });
    await transfer(test, '</td></table><h1>You won</h1>\u2028');
    await test.sendDue();
    const [message] = await test.outbox('ada@crema.test');
    expect(message).toMatchObject({
      subject: 'Bob Bcc: eve@crema.test <img src=x onerror=alert(1)> sent you $5.00',
      to: 'ada@crema.test',
      text: `Hello Ada Bcc: eve@crema.test <b>,

Bob Bcc: eve@crema.test <img src=x onerror=alert(1)> sent $5.00 to your wallet. They wrote: </td></table><h1>You won</h1>

Crema
`,
    });
    const page = message!.html!;
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en-US" dir="ltr">/);
    expect(page).toContain('They wrote: &lt;/td&gt;&lt;/table&gt;&lt;h1&gt;You won&lt;/h1&gt;');
    expect(page).not.toMatch(/<img|<script|<link|<style|url\(|https?:/);
    const tables = page.match(/<table\s[^>]*>/g)!;
    expect(tables.every((table) => table.includes('role="presentation"'))).toBe(true);
  });

  it('shows a code apart, in the language of who asked, and gives it away nowhere else', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada', { locale: 'es-MX' });
    await test.forgetPassword('ada', '482913');
    await test.sendDue();
    const [message] = await test.outbox();
    expect(message!.subject).toBe('Tu código para cambiar la contraseña');
    expect(message!.text).toContain(
      'Hola, Ada:\n\nTu código es 482913. Se puede usar una sola vez',
    );
    expect(message!.html).toContain('<html lang="es-MX"');
    expect(message!.html!.match(/482913/g)).toHaveLength(2);
    // What clients show beside the subject, on a locked screen too.
    expect(message!.html).toMatch(
      /overflow: hidden;">\s*Tu código para cambiar la contraseña\s*<\/div>/,
    );
  });
});
