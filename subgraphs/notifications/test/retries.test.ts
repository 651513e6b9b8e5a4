import type { EventLog, Logger } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { DeliveryEnded } from '@crema/schema/events';
import { Channel } from '../src/entities/channel.ts';
import { NotSent } from '../src/services/message-provider.ts';
import { scripted, scriptedFor, type Step } from './scripted-provider.ts';
import { ada, createTestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

const HOUR_MS = 3_600_000;

const busy = new NotSent('The provider is busy.', true, { fault: 'PROVIDER' });
const greylisted = new NotSent('Come again.', true);
const refused = new NotSent('Not us.', true, { fault: 'SETTINGS', code: '401' });
const asksToRest = new NotSent('Not now.', true, { fault: 'PROVIDER', retryAfterMs: 7_000 });
const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);

const setUp = async (script: Step[], log?: Logger) => {
  const { provider, sent, asked } = scripted(false, ...script);
  const test = await createTestNotifications({ providers: [provider], ...(log && { log }) });
  await test.signUp('ada');
  const email = async () => (await test.see(ada)).notifications!.nodes.at(-1)!.deliveries[1]!;
  /** Lets so much time pass, and what is due then be tried. */
  const wait = async (ms: number) => {
    test.clock.advance(ms);
    await test.sendDue();
  };
  return { test, sent, asked, email, wait };
};

describe('a message that did not go out', () => {
  it('is tried again within 100 ms, then within two seconds, then after half a minute', async () => {
    const { test, sent, email, wait } = await setUp([busy, busy, busy]);
    await test.deposit('ada');
    await test.sendDue();
    expect((await email()).attempts).toBe(1);
    await wait(100);
    expect((await email()).attempts).toBe(2);
    await wait(2_000);
    expect(await email()).toMatchObject({ status: 'PENDING', attempts: 3, error: busy.reason });
    await wait(14_000);
    expect((await email()).attempts).toBe(3);
    await wait(16_000);
    expect(await email()).toEqual({ channel: 'EMAIL', status: 'SENT', attempts: 4, error: null });
    expect(sent).toHaveLength(1);
  });

  it('comes back by itself, before anybody looks for what is due', async () => {
    const { test, sent, email } = await setUp([busy]);
    await test.deposit('ada');
    await test.settle();
    while ((await email()).attempts === 0) await test.settle();
    test.clock.advance(100);
    while ((await email()).status === 'PENDING') await test.settle();
    expect(sent).toHaveLength(1);
  });

  it('is tried less and less often, and given up when it is a day old', async () => {
    const { test, email, wait } = await setUp(times(10_000, greylisted));
    await test.deposit('ada');
    await test.sendDue();
    for (let hour = 0; hour < 23; hour++) {
      for (let minute = 0; minute < 60; minute++) await wait(60_000);
    }
    expect(await email()).toMatchObject({ status: 'PENDING' });
    for (let minute = 0; minute <= 60; minute++) await wait(60_000);
    const { status, attempts, error } = await email();
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Come again.' });
    // Every 7.5 to 15 minutes.
    expect(attempts).toBeGreaterThan(24 * 4);
    expect(attempts).toBeLessThan(24 * 8 + 10);
    expect(await test.published(DeliveryEnded)).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ status: 'FAILED', attempts }) }),
    );
    // A day by the minute: on a server each minute is a few statements.
  }, 180_000);

  it('is given up after two hours where it would be of no use any more', async () => {
    const { test, email, wait } = await setUp(times(1_000, greylisted));
    await test.ready('ada');
    await test.sendDue();
    for (let minute = 0; minute <= 120; minute++) await wait(60_000);
    expect(await email()).toMatchObject({ status: 'FAILED' });
  });

  it('is given up at once when it can never go', async () => {
    const { test, email, asked, wait } = await setUp([new NotSent('Too long.', false)]);
    await test.deposit('ada');
    await test.sendDue();
    await wait(HOUR_MS);
    expect(await email()).toMatchObject({ status: 'FAILED', attempts: 1, error: 'Too long.' });
    expect(asked).toHaveLength(1);
  });
});

describe('a provider in trouble', () => {
  it('is left alone for as long as it asks, with all its messages', async () => {
    const { test, sent, asked, wait } = await setUp([asksToRest]);
    await test.deposit('ada');
    await test.sendDue();
    await test.deposit('ada');
    await wait(6_999);
    expect(asked).toHaveLength(1);
    await wait(200);
    expect(sent).toHaveLength(2);
  });

  it('is not called while its circuit is open, and works through what waits when it is well', async () => {
    const { test, sent, asked, wait } = await setUp(times(10, busy));
    for (let i = 0; i < 30; i++) await test.deposit('ada');
    await test.sendDue();
    expect(asked).toHaveLength(10);
    await wait(4_999);
    expect(asked).toHaveLength(10);
    await wait(1);
    expect(sent).toHaveLength(30);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(30);
  });

  it('that still fails is asked by three messages each five seconds, and no more', async () => {
    const { test, asked, wait } = await setUp(times(1_000, busy));
    for (let i = 0; i < 30; i++) await test.deposit('ada');
    await test.sendDue();
    for (let i = 1; i <= 5; i++) {
      await wait(5_000);
      expect(asked).toHaveLength(10 + 3 * i);
    }
  });

  it('that refuses our settings is told of loudly, and keeps its messages waiting', async () => {
    const lines: { level: string; fields: object }[] = [];
    const at = (level: string) => (fields: object) => void lines.push({ level, fields });
    const log: Logger = {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: () => log,
    };
    const { test, sent, email, wait } = await setUp([refused], log);
    await test.deposit('ada');
    await test.sendDue();
    expect(await email()).toMatchObject({ status: 'PENDING', error: 'Not us.' });
    const fields = { provider: 'scripted', channel: 'EMAIL', code: '401' };
    expect(lines).toContainEqual({ level: 'error', fields });
    await wait(100);
    expect(sent).toHaveLength(1);
  });

  it('does not hold up the other channel', async () => {
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    const sms = scriptedFor(Channel.SMS, false, ...times(100, hanging));
    const email = scripted(false);
    const test = await createTestNotifications({ providers: [sms.provider, email.provider] });
    await test.signUp('ada', { phone: '+15550100' });
    for (let i = 0; i < 25; i++) await test.ready('ada');
    const looking = test.running.subgraph.jobs[0]!.run();
    while (email.sent.length < 25) await test.settle();
    expect(sms.asked.length).toBeLessThanOrEqual(20);
    release();
    await looking;
  });

  it('changes nothing for those who tell of facts', async () => {
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    const { provider } = scripted(false, ...times(100, hanging));
    const test = await createTestNotifications({ providers: [provider] });
    await test.signUp('ada');
    for (let i = 0; i < 30; i++) await test.confirm('ada');
    const listed = (await test.see(ada, { first: 100 })).notifications!.nodes;
    expect(listed).toHaveLength(30);
    expect(listed.filter(({ deliveries }) => deliveries[0]!.status === 'SENT')).toHaveLength(30);
    release();
  });
});

describe('an event log that is away', () => {
  it('does not make lost of what was sent: it is told when the log is back', async () => {
    let isAway = false;
    const through = (events: EventLog): EventLog =>
      Object.assign(Object.create(events) as EventLog, {
        append: async (facts: Parameters<EventLog['append']>[0]) => {
          if (isAway && facts.some(({ source }) => source === 'notifications')) {
            throw new Error('the log is away');
          }
          return events.append(facts);
        },
      });
    let release: () => void = () => undefined;
    const { provider, asked } = scripted(false, new Promise((resolve) => (release = resolve)));
    const test = await createTestNotifications({ providers: [provider], through });
    await test.signUp('ada');
    await test.deposit('ada');
    isAway = true;
    release();
    await test.sendDue();
    const email = async () => (await test.see(ada)).notifications!.nodes[0]!.deliveries[1]!;
    expect(await email()).toMatchObject({ status: 'SENT', attempts: 1 });
    isAway = false;
    test.clock.advance(1_000);
    await test.sendDue();
    const ended = await test.published(DeliveryEnded);
    expect(ended.map(({ data }) => [data.channel, data.status]).sort()).toEqual([
      ['EMAIL', 'SENT'],
      ['IN_APP', 'SENT'],
    ]);
    test.clock.advance(HOUR_MS);
    await test.sendDue();
    expect(asked).toHaveLength(1);
  });
});
