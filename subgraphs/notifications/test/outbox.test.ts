import { openDocuments } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { Channel } from '../src/entities/channel.ts';
import { DevOutbox, keptMessageSchema, type KeptMessage } from '../src/services/dev-outbox.ts';
import { mailMessage } from './provider-sendgrid.ts';
import { ada, createTestNotifications, getOutbox } from './support.ts';

afterEach(closeTestSubgraphs);

describe('the development outbox', () => {
  it('is a provider that keeps a message once, however often it is sent', async () => {
    const { clock, home } = await createTestNotifications();
    const documents = await openDocuments({ url: home.documentsUrl('kept'), clock });
    const messages = await documents.collection<KeptMessage>({
      name: 'outbox',
      schema: keptMessageSchema,
      indexes: [],
    });
    const outbox = new DevOutbox(messages, clock);
    const provider = outbox.provider(Channel.EMAIL);
    expect(provider.isRepeatable).toBe(true);
    for (let i = 0; i < 2; i++) await provider.send(mailMessage);
    expect(await outbox.newest(10)).toEqual([
      { ...mailMessage, channel: 'EMAIL', at: clock.now().toISOString() },
    ]);
    await documents.close();
  });

  it('shows what would have been sent, newest first', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada');
    await test.deposit('ada');
    await test.sendDue();
    test.clock.advance(1_000);
    await test.confirm('ada');
    await test.sendDue();
    expect((await test.outbox()).map(({ subject, to }) => [subject, to])).toEqual([
      ['Order A-17 is confirmed', 'ada@crema.test'],
      ['$20.00 added to your wallet', 'ada@crema.test'],
    ]);
    const page = await getOutbox(test, 'text/html,*/*');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body.indexOf('Order A-17')).toBeLessThan(page.body.indexOf('$20.00 added'));
    expect(await test.outbox('bob@crema.test')).toEqual([]);
  });

  it('shows what people wrote as text, never as markup', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada', { name: '<script>alert("1")</script>' });
    await test.endEarly('ada', 'REJECTED', `"><img src=x onerror='alert(1)'>`);
    await test.sendDue();
    const { body, headers } = await getOutbox(test, 'text/html');
    expect(body).not.toMatch(/<script|<img/);
    expect(body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('holds the code of a password reset; nothing else does', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada', { phone: '+15550100' });
    await test.ask(
      ada,
      'mutation { setNotificationPreference(kind: PASSWORD_RESET, channels: []) { userErrors { code } } }',
    );
    await test.forgetPassword('ada', '482913');
    await test.sendDue();
    const messages = await test.outbox();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ channel: 'EMAIL', to: 'ada@crema.test' });
    expect(messages[0]!.text).toContain(
      'Your code is 482913. It can be used once, within 10 minutes.',
    );
    const seen = await test.see(ada);
    expect(seen.notifications!.nodes).toEqual([]);
    expect(seen.unreadNotificationCount).toBe(0);
    expect(JSON.stringify(await test.facts())).not.toContain('482913');
  });

  it('is sent no code that has expired', async () => {
    const test = await createTestNotifications();
    await test.forgetPassword('ada', '482913', 1);
    await test.sendDue();
    test.clock.advance(60_000);
    await test.signUp('ada');
    await test.sendDue();
    expect(await test.outbox()).toEqual([]);
  });

  it('forgets what is older than a week', async () => {
    const test = await createTestNotifications();
    await test.signUp('ada');
    await test.deposit('ada');
    await test.sendDue();
    test.clock.advance(8 * 86_400_000);
    await test.running.subgraph.jobs.find(({ name }) => name === 'notifications.forget-old')!.run();
    expect(await test.outbox()).toEqual([]);
  });

  it('is not there in production, and says what cannot be sent', async () => {
    const test = await createTestNotifications({ env: { NODE_ENV: 'production' } });
    expect(test.running.subgraph.routes).toEqual([]);
    await test.signUp('ada');
    await test.deposit('ada');
    await test.sendDue();
    expect((await test.see(ada)).notifications!.nodes[0]!.deliveries[1]).toEqual({
      channel: 'EMAIL',
      status: 'FAILED',
      attempts: 1,
      error: 'Messages of this kind cannot be sent here.',
    });
  });
});
