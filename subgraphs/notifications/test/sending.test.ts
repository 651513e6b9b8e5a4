import { closeTestSubgraphs } from '@crema/kit/testing';
import type { Logger } from '@crema/kit';
import { NotSent } from '../src/services/message-provider.ts';
import { scripted, type Step } from './scripted-provider.ts';
import { ada, createTestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

const busy = new NotSent('The provider is busy.', true);

const setUp = async (isRepeatable: boolean, ...script: Step[]) => {
  const { provider, sent } = scripted(isRepeatable, ...script);
  const test = await createTestNotifications({ providers: [provider] });
  await test.signUp('ada');
  await test.deposit('ada');
  await test.sendDue();
  const email = async () => (await test.see(ada)).notifications!.nodes[0]!.deliveries[1]!;
  return { test, sent, email };
};

describe('sending', () => {
  it('addresses people by what accounts last told', async () => {
    const { test, sent } = await setUp(true);
    await test.change('ada', { name: 'Ada L.', email: 'new@crema.test' });
    await test.deposit('ada');
    await test.sendDue();
    expect(sent.map(({ to }) => to)).toEqual(['ada@crema.test', 'new@crema.test']);
    expect(sent[1]!.text).toBe(
      'Hello Ada L.,\n\nYour deposit of $20.00 is in your wallet.\n\nCrema\n',
    );
  });

  it('sends nothing a second time of which nobody knows whether it went', async () => {
    const { test, sent, email } = await setUp(false, new Error('reset by peer'));
    test.clock.advance(300_000);
    await test.sendDue();
    expect(sent).toEqual([]);
    expect(await email()).toMatchObject({
      status: 'FAILED',
      attempts: 1,
      error: 'It is not known whether the message arrived.',
    });
  });

  it('repeats it where the provider knows the message by its id', async () => {
    const { test, sent, email } = await setUp(true, new Error('reset by peer'));
    test.clock.advance(300_000);
    await test.sendDue();
    expect(sent).toHaveLength(1);
    expect(await email()).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  it.each([
    { isRepeatable: true, status: 'SENT', sends: 1 },
    { isRepeatable: false, status: 'FAILED', sends: 0 },
  ])('that a crash cut short ends as %j', async ({ isRepeatable, status, sends }) => {
    let release: () => void = () => undefined;
    const hanging = scripted(isRepeatable).provider;
    hanging.send = () => new Promise((resolve) => (release = resolve));
    const test = await createTestNotifications({ providers: [hanging] });
    await test.signUp('ada');
    await test.deposit('ada');
    await test.settle();

    const { provider, sent } = scripted(isRepeatable);
    const restarted = await test.another(provider);
    await restarted.jobs[0]!.run();
    expect(sent).toEqual([]);
    test.clock.advance(61_000);
    await restarted.jobs[0]!.run();
    expect(sent).toHaveLength(sends);
    const [, email] = (await test.see(ada)).notifications!.nodes[0]!.deliveries;
    expect(email).toMatchObject({ status, attempts: 2 });
    release();
  });

  it('waits for somebody of whom accounts has not told yet', async () => {
    const test = await createTestNotifications();
    await test.deposit('ada');
    await test.sendDue();
    expect(await test.outbox()).toEqual([]);
    await test.signUp('ada');
    test.clock.advance(2_000);
    await test.sendDue();
    expect((await test.outbox()).map(({ to }) => to)).toEqual(['ada@crema.test']);
  });

  it('writes no message, address or code into the log', async () => {
    const lines: string[] = [];
    const write = (fields: object, message: string) =>
      void lines.push(JSON.stringify(fields) + message);
    const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };
    const { provider } = scripted(false, new Error('550 ada@crema.test 123456'), busy);
    const test = await createTestNotifications({ providers: [provider], log });
    await test.signUp('ada');
    await test.forgetPassword('ada', '123456');
    await test.deposit('ada');
    await test.sendDue();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toMatch(/ada@crema\.test|123456|Ada/);
  });
});
