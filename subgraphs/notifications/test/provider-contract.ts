import { FakeClock } from '@crema/kit/testing';
import {
  NotSent,
  SEND_LIMIT_MS,
  type Message,
  type MessageProvider,
} from '../src/services/message-provider.ts';

/** What a provider's server does with the next message that comes. */
export type Behaviour =
  | 'TAKE'
  | 'BAD_ADDRESS'
  | 'UNAUTHORISED'
  | 'BUSY'
  | 'FAIL'
  | 'LEAVE_OPEN'
  | 'CUT_OFF'
  | 'SAY_NOTHING'
  | 'DRIP';

/** A provider and the server of the test that it talks to. */
export interface ProviderUnderTest {
  readonly provider: MessageProvider;
  /** Where the server is. */
  readonly url: string;
  /** What the server took, in its own words. */
  readonly taken: readonly TakenMessage[];
  /** How many messages were sent to it, taken or not. */
  readonly asked: number;
  will(...behaviours: readonly Behaviour[]): void;
  /** Resolves when the server has what it will not answer, or not wholly. */
  stuck(): Promise<void>;
  /** Lets the server say a little more. */
  drip(): void;
  close(): Promise<void>;
}

export interface TakenMessage {
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  /** The delivery's id where the provider's request has a place for it. */
  readonly delivery: string | null;
}

export interface ProviderKind {
  readonly name: string;
  open(clock: FakeClock): Promise<ProviderUnderTest>;
  /** A provider whose server is not there. */
  absent(clock: FakeClock): Promise<MessageProvider>;
  /** A provider whose server takes connections and says nothing that would let it begin. */
  silent(clock: FakeClock): Promise<{ provider: MessageProvider; close(): Promise<void> }>;
  readonly message: Message;
  /** How the server tells how long to leave it alone, in milliseconds; null where it cannot. */
  readonly retryAfterMs: number | null;
  /** What the message looks like there. */
  readonly taken: TakenMessage;
}

/** Settles as what it was thrown, or as `sent`. */
const outcomeOf = (sending: Promise<void>): Promise<unknown> =>
  sending.then(
    () => 'sent',
    (error: unknown) => error,
  );

/** What every provider that sends messages out of the house keeps to. */
export function describeProvider(kind: ProviderKind): void {
  describe(`a provider: ${kind.name}`, () => {
    const clock = new FakeClock();
    let test: ProviderUnderTest;

    beforeAll(async () => {
      test = await kind.open(clock);
    });
    afterAll(() => test.close());

    const send = async (behaviour: Behaviour): Promise<unknown> => {
      test.will(behaviour);
      return outcomeOf(test.provider.send(kind.message));
    };

    it('hands a message over as the provider wants it', async () => {
      expect(await send('TAKE')).toBe('sent');
      expect(test.taken).toEqual([kind.taken]);
    });

    it('says that an address is bad, once and for all', async () => {
      const error = (await send('BAD_ADDRESS')) as NotSent;
      expect(error).toBeInstanceOf(NotSent);
      expect(error).toMatchObject({ fault: 'ADDRESS', isTemporary: false });
      expect(error.reason + error.code).not.toContain(kind.message.to);
    });

    it('says that our settings are refused, and keeps the message for later', async () => {
      const error = await send('UNAUTHORISED');
      expect(error).toBeInstanceOf(NotSent);
      expect(error).toMatchObject({ fault: 'SETTINGS', isTemporary: true });
    });

    it('says that the provider is busy, and for how long', async () => {
      const error = await send('BUSY');
      expect(error).toBeInstanceOf(NotSent);
      expect(error).toMatchObject({
        fault: 'PROVIDER',
        isTemporary: true,
        retryAfterMs: kind.retryAfterMs,
      });
    });

    it('says that the provider failed', async () => {
      const error = await send('FAIL');
      expect(error).toBeInstanceOf(NotSent);
      expect(error).toMatchObject({ fault: 'PROVIDER', isTemporary: true });
    });

    it.each(['LEAVE_OPEN', 'CUT_OFF'] as const)(
      'does not claim to know what became of a message after %s',
      async (behaviour) => {
        const error = await send(behaviour);
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(NotSent);
      },
    );

    it('waits for an answer until the limit and no longer', async () => {
      test.will('SAY_NOTHING');
      let isOver = false;
      const outcome = outcomeOf(test.provider.send(kind.message)).finally(() => (isOver = true));
      await test.stuck();
      clock.advance(SEND_LIMIT_MS - 1);
      expect(isOver).toBe(false);
      clock.advance(1);
      expect(await outcome).not.toBeInstanceOf(NotSent);
      expect(await outcome).toBeInstanceOf(Error);
    });

    it('waits no longer for an answer that comes drop by drop', async () => {
      test.will('DRIP');
      const outcome = outcomeOf(test.provider.send(kind.message));
      await test.stuck();
      for (let passedMs = 0; passedMs < SEND_LIMIT_MS; passedMs += 500) {
        test.drip();
        clock.advance(500);
      }
      expect(await outcome).not.toBeInstanceOf(NotSent);
      expect(await outcome).toBeInstanceOf(Error);
    });

    it('knows that nothing went out when nobody is there', async () => {
      const provider = await kind.absent(clock);
      const error = await outcomeOf(provider.send(kind.message));
      expect(error).toBeInstanceOf(NotSent);
      expect(error).toMatchObject({ fault: 'PROVIDER', isTemporary: true });
    });

    it('knows that nothing went out over a connection that never came about', async () => {
      const { provider, close } = await kind.silent(clock);
      const outcome = outcomeOf(provider.send(kind.message));
      try {
        // Whoever waits for the connection has asked the clock by then.
        await waitedFor(clock, outcome);
        expect(await outcome).toBeInstanceOf(NotSent);
        expect(await outcome).toMatchObject({ fault: 'PROVIDER', isTemporary: true });
      } finally {
        await close();
      }
    });

    it('asks once for each message, and works on after all of that', async () => {
      const before = test.asked;
      expect(await send('TAKE')).toBe('sent');
      expect(await send('FAIL')).toBeInstanceOf(NotSent);
      expect(await send('TAKE')).toBe('sent');
      expect(test.asked).toBe(before + 3);
    });
  });
}

/** Lets time pass, step by step, until the outcome is there. */
async function waitedFor(clock: FakeClock, outcome: Promise<unknown>): Promise<void> {
  let isThere = false;
  void outcome.finally(() => (isThere = true));
  while (!isThere) {
    clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
