import fc from 'fast-check';
import { Changes } from '../../src/resilience/changes.ts';
import { DeduplicatingTransport } from '../../src/resilience/deduplicating-transport.ts';
import { REQUEST_IDS } from '../../src/resilience/request-key.ts';
import type { SubgraphResponse } from '../../src/index.ts';
import { asking, HeldCalls, outcomeOf, settled } from '../support/held-calls.ts';

let changes: Changes;
let calls: HeldCalls;
let transport: DeduplicatingTransport;

beforeEach(() => {
  changes = new Changes();
  calls = new HeldCalls();
  transport = new DeduplicatingTransport(calls, changes, new Set(REQUEST_IDS));
});

const HELLO: SubgraphResponse = { data: { hello: 'hello' } };
const COOKIE: SubgraphResponse = { data: { hello: 'you' }, headers: { 'set-cookie': ['a=1'] } };

describe('equal queries', () => {
  it('are sent once, and again after the answer', async () => {
    const asked = [transport.execute(asking()), transport.execute(asking())];
    calls.underWay[0]?.answer(HELLO);
    expect(await Promise.all(asked)).toEqual([HELLO, HELLO]);

    void transport.execute(asking());

    expect(calls.made).toBe(2);
  });

  it('may change their answer where one alone waits for it', async () => {
    const alone = transport.execute(asking());
    calls.underWay[0]?.answer({ ...HELLO, isUnshared: true });
    expect(await alone).toEqual({ ...HELLO, isUnshared: true });

    const together = [transport.execute(asking()), transport.execute(asking())];
    calls.underWay[0]?.answer({ ...HELLO, isUnshared: true });
    expect(await Promise.all(together)).toEqual([HELLO, HELLO]);
  });

  it('fail together, and are sent again after that', async () => {
    const asked = [transport.execute(asking()), transport.execute(asking())].map(outcomeOf);
    calls.underWay[0]?.fail(new Error('gone'));
    await settled();
    expect(asked.map(({ current }) => current)).toEqual([new Error('gone'), new Error('gone')]);

    void transport.execute(asking());

    expect(calls.made).toBe(2);
  });

  it('may differ in what only tells requests apart', () => {
    void transport.execute(asking({ headers: { 'x-request-id': '1', cookie: 'a' } }));
    void transport.execute(asking({ headers: { traceparent: '2', cookie: 'a' } }));

    expect(calls.made).toBe(1);
  });

  it.each([
    ['operation', asking({ query: 'query { bye }' })],
    ['name', asking({ operationName: 'Hello' })],
    ['variables', asking({ variables: { id: 1 } })],
    ['headers', asking({ headers: { 'x-router-caller': 'ada' } })],
    ['freshness', asking({ freshness: '1' })],
  ])('have the same %s', (_name, other) => {
    void transport.execute(asking());
    void transport.execute(other);

    expect(calls.made).toBe(2);
  });

  it('cannot be forged by headers that read as others do', () => {
    void transport.execute(asking({ headers: { a: '1', b: '2' } }));
    void transport.execute(asking({ headers: { a: '11:b1:2' } }));

    expect(calls.made).toBe(2);
  });

  it('are queries: mutations are each sent', () => {
    const query = 'mutation { pay }';
    void transport.execute(asking({ query }));
    void transport.execute(asking({ query }));

    expect(calls.made).toBe(2);
  });

  it('are not joined when something has changed since they were sent', () => {
    void transport.execute(asking());
    changes.happened();
    void transport.execute(asking());
    void transport.execute(asking());

    expect(calls.made).toBe(2);
  });
});

describe('whoever asks', () => {
  it('gives up alone, and the call goes on for the others', async () => {
    const [leaving, staying] = [new AbortController(), new AbortController()];
    const left = outcomeOf(transport.execute(asking({ signal: leaving.signal })));
    const stayed = outcomeOf(transport.execute(asking({ signal: staying.signal })));

    leaving.abort(new Error('left'));
    await settled();
    expect(left.current).toEqual(new Error('left'));
    expect(calls.underWay[0]?.request.signal?.aborted).toBe(false);
    calls.underWay[0]?.answer(HELLO);
    await settled();

    expect(stayed.current).toEqual(HELLO);
  });

  it('comes after all others have given up has a call of its own', async () => {
    const leaving = new AbortController();
    void outcomeOf(transport.execute(asking({ signal: leaving.signal })));
    leaving.abort();
    await settled();
    expect(calls.underWay).toHaveLength(0);

    const asked = transport.execute(asking());
    calls.underWay[0]?.answer(HELLO);

    expect(await asked).toEqual(HELLO);
  });

  it('shares no cookies: one has the answer that sets them, the others ask for themselves', async () => {
    const asked = [1, 2, 3].map(() => outcomeOf(transport.execute(asking())));
    calls.underWay[0]?.answer(COOKIE);
    await settled();
    expect(calls.made).toBe(3);
    calls.underWay[0]?.answer(HELLO);
    calls.underWay[0]?.fail(new Error('gone'));
    await settled();
    expect(asked.map(({ current }) => current)).toEqual([COOKIE, HELLO, new Error('gone')]);

    void transport.execute(asking());
    void transport.execute(asking());

    expect(calls.made).toBe(5);
  });
});

type Step =
  | { readonly kind: 'ask'; readonly what: number }
  | { readonly kind: 'leave' | 'answer' | 'personal' | 'fail'; readonly which: number }
  | { readonly kind: 'change' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('ask' as const), what: fc.nat(2) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'leave' as const,
        'answer' as const,
        'personal' as const,
        'fail' as const,
      ),
      which: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'change' }) },
);

/** An answer tells which question it is to, how much had changed when it was asked, and its own number. */
interface Told {
  readonly to: number;
  readonly asOf: number;
  readonly number: number;
}

it('gives everybody an answer of their own question that is new enough, and leaves nothing running', async () => {
  const check = fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
    const world = new Changes();
    const held = new HeldCalls();
    const shared = new DeduplicatingTransport(held, world, new Set());
    const askedAt = new WeakMap<object, number>();
    const askers: { what: number; asOf: number; controller: AbortController; got: Got }[] = [];
    let number = 0;

    const end = (which: number, kind: 'answer' | 'personal' | 'fail'): void => {
      const call = held.underWay[which % Math.max(held.underWay.length, 1)];
      if (!call) return;
      const to = Number(call.request.variables['what']);
      const told: Told = { to, asOf: askedAt.get(call) ?? -1, number: (number += 1) };
      const headers = kind === 'personal' ? { 'set-cookie': [`n=${number}`] } : undefined;
      if (kind === 'fail') call.fail(told);
      else call.answer({ data: { ...told }, headers });
    };

    for (const one of steps) {
      if (one.kind === 'change') world.happened();
      else if (one.kind === 'ask') {
        const controller = new AbortController();
        const request = asking({ variables: { what: one.what }, signal: controller.signal });
        const got = outcomeOf(shared.execute(request));
        askers.push({ what: one.what, asOf: world.count, controller, got });
      } else if (one.kind === 'leave') {
        askers[one.which % Math.max(askers.length, 1)]?.controller.abort('left');
      } else end(one.which, one.kind);
      await settled();
      for (const call of held.underWay) {
        if (!askedAt.has(call)) askedAt.set(call, world.count);
        const isNeeded = askers.some(
          ({ what, got }) => what === call.request.variables['what'] && got.current === 'waiting',
        );
        expect(isNeeded).toBe(true);
      }
    }
    while (held.underWay.length > 0) {
      end(0, 'answer');
      await settled();
    }

    const cookies = new Set<number>();
    for (const { what, asOf, controller, got } of askers) {
      if (controller.signal.aborted && got.current === 'left') continue;
      const response = got.current as SubgraphResponse & Told;
      const told = (response.data ?? response) as unknown as Told;
      expect(told.to).toBe(what);
      expect(told.asOf).toBeGreaterThanOrEqual(asOf);
      if (!response.headers) continue;
      expect(cookies.has(told.number)).toBe(false);
      cookies.add(told.number);
    }
    expect(askers.every(({ got }) => got.current !== 'waiting')).toBe(true);
  });
  const numRuns = Number(process.env['RUNS'] ?? 150);
  await fc.assert(check, { numRuns });
});

type Got = ReturnType<typeof outcomeOf>;
