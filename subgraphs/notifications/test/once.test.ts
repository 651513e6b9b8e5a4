import { stableId, type DocumentSubgraphDeps, type LoggedEvent } from '@crema/kit';
import {
  closeTestSubgraphs,
  createTestSubgraph,
  runs,
  type TestSubgraph,
} from '@crema/kit/testing';
import { FundsDeposited } from '@crema/schema/events';
import fc from 'fast-check';
import type { NotificationsConfig } from '../src/config.ts';
import { Channel } from '../src/entities/channel.ts';
import { NotSent, type Message, type MessageProvider } from '../src/services/message-provider.ts';
import { createNotifications, notifications } from '../src/subgraph.ts';
import { createTestNotifications, usd } from './support.ts';

afterEach(closeTestSubgraphs);

/** What happens to a message at the provider. LOST: it takes the message, and its answer does not arrive. */
type Fate = 'TAKEN' | 'REFUSED' | 'LOST' | 'BROKEN';

/** The one provider of all processes, which would take the same message again and again. */
class World {
  readonly taken = new Map<string, number>();

  constructor(private readonly fates: Fate[]) {}

  async send({ id }: Message): Promise<void> {
    const fate = this.fates.shift() ?? 'TAKEN';
    if (fate === 'REFUSED') throw new NotSent('Not now.', true);
    if (fate === 'BROKEN') throw new Error('reset by peer');
    this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
    if (fate === 'LOST') throw new Error('no answer');
  }
}

const providerIn = (world: () => World): MessageProvider => ({
  name: 'world',
  channel: Channel.EMAIL,
  isRepeatable: false,
  send: (message) => world().send(message),
});

/** A process that dies after so many of its steps outside of itself; what it does from then on has no effect. */
async function openMortal(test: TestSubgraph, world: () => World) {
  let left = 0;
  const step = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (left-- <= 0) throw new Error('killed');
    const result = await work();
    if (left <= 0) throw new Error('killed');
    return result;
  };
  const mortal = <Target extends object>(target: Target, names: readonly string[]): Target =>
    new Proxy(target, {
      get(from, name) {
        const value: unknown = Reflect.get(from, name);
        if (typeof value !== 'function') return value;
        const call = (...given: unknown[]): unknown => Reflect.apply(value, from, given);
        if (!names.includes(String(name))) return call;
        return (...given: unknown[]) => step(async () => call(...given));
      },
    });
  const { running } = await createTestSubgraph(
    {
      ...notifications,
      create: ({ documents, events, ...deps }: DocumentSubgraphDeps, config: NotificationsConfig) =>
        createNotifications(
          {
            ...deps,
            events: mortal(events, ['append']),
            documents: {
              close: () => documents.close(),
              collection: async (options) =>
                mortal(await documents.collection(options), ['find', 'get', 'insert', 'change']),
            },
          },
          config,
          [mortal(providerIn(world), ['send'])],
        ),
    },
    { replicaOf: test },
  );
  const { consumers, jobs } = running.subgraph;
  const consumer = consumers.find(({ contract }) => contract === FundsDeposited)!;
  return {
    /** Begins another life. */
    live(steps: number) {
      left = steps;
    },
    tell: async (event: LoggedEvent) => {
      if (consumer.apply.kind !== 'idempotent') throw new Error('documents have no transactions');
      await consumer.apply.run(event).catch(() => undefined);
    },
    sendDue: () => jobs[0]!.run(),
  };
}

/** Longer than any pause. */
const QUARTER_MS = 16 * 60_000;
const PEOPLE = ['ada', 'bob', 'cleo'];

const fate = fc.constantFrom<Fate>('TAKEN', 'TAKEN', 'REFUSED', 'LOST', 'BROKEN');
const action = fc.oneof(
  fc.record({ kind: fc.constant('tell' as const), at: fc.nat(1), fact: fc.nat(2) }),
  fc.record({ kind: fc.constant('send' as const), at: fc.nat(1) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 100, 2_000, 61_000) }),
);

/** How many steps a process has; most runs are over before the longer ones are. */
const life = fc.oneof(fc.nat(40), fc.constant(Infinity));

describe('a message', () => {
  it('is taken at most once, whichever of two processes dies where, and ends', async () => {
    let run = 0;
    let world = new World([]);
    // A third process, which sends what is due while time passes.
    const test = await createTestNotifications({ providers: [providerIn(() => world)] });
    for (const person of PEOPLE) await test.signUp(person);
    const processes = [await openMortal(test, () => world), await openMortal(test, () => world)];
    const survivor = await openMortal(test, () => world);
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 3, maxLength: 25 }),
        fc.array(fate, { maxLength: 8 }),
        life,
        life,
        async (actions, fates, firstDiesAfter, secondDiesAfter) => {
          const isInDoubt =
            fates.some((each) => each === 'LOST' || each === 'BROKEN') ||
            Math.min(firstDiesAfter, secondDiesAfter) < Infinity;
          world = new World([...fates]);
          const facts = PEOPLE.map((person) => factOf(person, `${run++}`, test.clock.now()));
          processes[0]!.live(firstDiesAfter);
          processes[1]!.live(secondDiesAfter);
          for (const each of actions) {
            if (each.kind === 'tell') await processes[each.at]!.tell(facts[each.fact]!);
            else if (each.kind === 'send') await processes[each.at]!.sendDue();
            else test.clock.advance(each.ms);
          }
          const told = new Set(
            actions.flatMap((each) => (each.kind === 'tell' ? [each.fact] : [])),
          );

          survivor.live(Infinity);
          for (const fact of told) await survivor.tell(facts[fact]!);
          for (let i = 0; i < 10; i++) {
            test.clock.advance(QUARTER_MS);
            await Promise.all([survivor.sendDue(), test.sendDue()]);
          }

          expect([...world.taken.values()].filter((count) => count > 1)).toEqual([]);
          for (const fact of told) {
            const id = notificationOf(facts[fact]!, PEOPLE[fact]!);
            const { status, error } = await emailOf(test, PEOPLE[fact]!, id);
            const isTaken = world.taken.has(`${id}/EMAIL`);
            if (status === 'SENT') expect(isTaken).toBe(true);
            else expect([status, error]).toEqual(['FAILED', expect.stringContaining('not known')]);
            if (!isInDoubt) expect(status).toBe('SENT');
          }
        },
      ),
      { numRuns: runs(25) },
    );
  }, 120_000);
});

const notificationOf = ({ id }: LoggedEvent, userId: string): string =>
  stableId(`${id}/${userId}/WALLET_FUNDED`);

const factOf = (userId: string, name: string, now: Date): LoggedEvent => ({
  id: stableId(`deposit/${name}`),
  type: FundsDeposited.type,
  version: FundsDeposited.version,
  topic: FundsDeposited.topic,
  key: `wallet-${userId}`,
  source: 'wallet',
  time: now.toISOString(),
  data: {
    walletId: `wallet-${userId}`,
    userId,
    transactionId: `transaction-${name}`,
    amount: usd(2_000),
    at: now.toISOString(),
  },
  partition: 0,
  position: 0,
});

async function emailOf(test: TestSubgraph, sub: string, id: string) {
  const answer = await test.ask(
    { sub, roles: ['CUSTOMER'] },
    'query ($id: ID!) { notification(id: $id) { deliveries { channel status error } } }',
    { id },
  );
  const { deliveries } = answer.data!['notification'] as {
    deliveries: { channel: string; status: string; error: string | null }[];
  };
  return deliveries.find(({ channel }) => channel === 'EMAIL')!;
}
