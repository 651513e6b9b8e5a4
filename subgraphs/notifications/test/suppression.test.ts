import { closeTestSubgraphs } from '@crema/kit/testing';
import { DeliveryEnded } from '@crema/schema/events';
import { Channel } from '../src/entities/channel.ts';
import { NotSent } from '../src/services/message-provider.ts';
import { scripted, scriptedFor } from './scripted-provider.ts';
import { ada, createTestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

const noSuchAddress = new NotSent('Your e-mail address takes no messages.', false, {
  fault: 'ADDRESS',
});

/** Ada, whose address the provider has refused. */
const setUp = async () => {
  const { provider, sent, asked, script } = scripted(false, noSuchAddress);
  const test = await createTestNotifications({ providers: [provider] });
  await test.signUp('ada');
  await test.signUp('bob');
  await test.deposit('ada');
  await test.sendDue();
  const last = async () => {
    const { nodes } = (await test.see(ada)).notifications!;
    return nodes[0]!.deliveries[1]!;
  };
  return { test, sent, asked, script, last };
};

describe('an address that takes no messages', () => {
  it('is written to no more, and its owner reads why', async () => {
    const { test, asked, last } = await setUp();
    expect(await last()).toMatchObject({ status: 'FAILED', attempts: 1 });
    test.clock.advance(1_000);
    await test.deposit('ada');
    await test.sendDue();
    expect(asked).toHaveLength(1);
    expect(await last()).toEqual({
      channel: 'EMAIL',
      status: 'SUPPRESSED',
      attempts: 0,
      error: 'Messages to your e-mail address came back. Change it to get them again.',
    });
    const ended = await test.published(DeliveryEnded);
    expect(ended.at(-1)!.data).toMatchObject({ channel: 'EMAIL', status: 'SUPPRESSED' });
    await test.deposit('bob');
    await test.sendDue();
    expect(asked).toHaveLength(2);
  });

  it('stays so when anything else about its owner changes, until it is another', async () => {
    const { test, sent } = await setUp();
    await test.change('ada', { name: 'Ada L.' });
    await test.deposit('ada');
    await test.sendDue();
    expect(sent).toEqual([]);
    await test.change('ada', { email: 'new@crema.test' });
    await test.deposit('ada');
    await test.sendDue();
    expect(sent.map(({ to }) => to)).toEqual(['new@crema.test']);
    await test.change('ada', {});
    await test.deposit('ada');
    await test.sendDue();
    expect(sent.map(({ to }) => to)).toEqual(['new@crema.test', 'ada@crema.test']);
  });

  it('is tried all the same with a code for a lost password', async () => {
    const { test, sent } = await setUp();
    await test.forgetPassword('ada', '482913');
    await test.sendDue();
    expect(sent).toHaveLength(1);
    expect(sent[0]!.text).toContain('482913');
  });

  it('says nothing about a phone number, and the other way round', async () => {
    const sms = scriptedFor(
      Channel.SMS,
      false,
      new NotSent('Your phone number takes no text messages.', false, { fault: 'ADDRESS' }),
    );
    const email = scripted(false);
    const test = await createTestNotifications({ providers: [sms.provider, email.provider] });
    await test.signUp('ada', { phone: '+15550100' });
    for (let i = 0; i < 2; i++) {
      await test.ready('ada');
      await test.sendDue();
    }
    expect(email.sent).toHaveLength(2);
    expect(sms.asked).toHaveLength(1);
    await test.change('ada', { phone: '+15550101' });
    await test.ready('ada');
    await test.sendDue();
    expect(sms.sent.map(({ to }) => to)).toEqual(['+15550101']);
  });
});
