import fc from 'fast-check';
import { sourceOf } from '../src/protection/rates/address.ts';
import { LocalBuckets } from '../src/protection/rates/local-buckets.ts';
import { definitions } from './support/hello.ts';
import { Issuer, TestClock } from './support/issuer.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { connectTo, subscribeTo } from './support/socket.ts';

const perAddress = { count: 5, periodMs: 10_000 };

let clock: TestClock;
let issuer: Issuer;
let served: ServedRouter;

beforeEach(async () => {
  clock = new TestClock();
  issuer = new Issuer(clock);
  served = await serve(definitions, {
    rates: { perAddress, perUser: { count: 3, periodMs: 60_000 } },
    trustProxy: true,
    jwt: issuer.jwt,
    limits: { maxBatch: 10 },
    clock,
    timers: clock,
  });
});

afterEach(() => served.router.close());

const HELLO = { query: '{ hello }' };
const asked = (): number => served.subgraphs.get('hello').requests.length;
const from = (address: string) => ({ 'x-forwarded-for': address });

async function repeat(count: number, body: unknown, headers = from('10.0.0.1')) {
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 1) statuses.push((await served.post(body, headers)).status);
  return statuses;
}

it('refuses an address that asks too often, and says when it may ask again', async () => {
  expect(await repeat(5, HELLO)).toEqual([200, 200, 200, 200, 200]);

  const { status, headers, body } = await served.post(HELLO, from('10.0.0.1'));

  expect(status).toBe(429);
  expect(headers.get('retry-after')).toBe('2');
  expect(body).toEqual({
    errors: [
      {
        message: 'Too many requests: 5 in 10 s at most',
        extensions: { code: 'RATE_LIMITED', limit: 5, periodSeconds: 10, retryAfterSeconds: 2 },
      },
    ],
  });
  expect(asked()).toBe(5);
});

it('lets it ask again when the time has come, and others all the while', async () => {
  await repeat(6, HELLO);

  expect(await repeat(1, HELLO, from('10.0.0.2'))).toEqual([200]);
  clock.advance(2);
  expect(await repeat(2, HELLO)).toEqual([200, 429]);
});

it('counts what is no GraphQL, too', async () => {
  expect(await repeat(6, '{')).toEqual([400, 400, 400, 400, 400, 429]);
});

it('limits a user wherever they ask from', async () => {
  const authorization = 'Bearer ' + (await issuer.token(await issuer.newKey('k')));
  const statuses: number[] = [];
  for (let at = 1; at <= 4; at += 1) {
    const answer = await served.post(HELLO, { authorization, ...from(`10.0.1.${at}`) });
    statuses.push(answer.status);
  }

  expect(statuses).toEqual([200, 200, 200, 429]);
});

it('counts each alias of a mutation', async () => {
  const aliases = (count: number) =>
    `mutation { ${Array.from({ length: count }, (_, at) => `a${at}: greet`).join(' ')} }`;

  const tooMany = await served.post({ query: aliases(6) }, from('10.0.0.1'));

  expect(tooMany.status).toBe(429);
  expect(asked()).toBe(0);
  expect(await repeat(2, { query: aliases(2) }, from('10.0.0.3'))).toEqual([200, 200]);
  expect(await repeat(2, { query: aliases(1) }, from('10.0.0.3'))).toEqual([200, 429]);
});

it('counts each operation of a batch', async () => {
  const { body } = await served.post(Array(8).fill({ query: 'mutation { greet }' }));

  const codes = (body as (typeof body)[]).map(({ errors }) => errors?.[0]?.extensions['code']);
  expect(codes).toEqual([
    ...Array<undefined>(5).fill(undefined),
    ...Array<string>(3).fill('RATE_LIMITED'),
  ]);
  expect(asked()).toBe(5);
});

it('counts operations over WebSocket, and connections', async () => {
  const headers = from('10.0.0.9');
  const { socket, send, until, received } = await connectTo(served.url, {}, headers);
  await until('connection_ack');
  for (let at = 0; at < 5; at += 1) send(subscribeTo('{ hello }', String(at)));
  await until('error');

  expect(received.filter(({ type }) => type === 'next')).toHaveLength(4);
  expect(received.find(({ type }) => type === 'error')?.payload).toEqual([
    expect.objectContaining({
      extensions: expect.objectContaining({ code: 'RATE_LIMITED' }) as object,
    }),
  ]);
  expect(await (await connectTo(served.url, {}, headers)).refused).toBe(429);
  socket.close();
});

it('never lets more through than the limit, in any period', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const waits = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 3 })));
  fc.assert(
    fc.property(waits, (steps) => {
      const time = new TestClock();
      const buckets = new LocalBuckets(time);
      let seconds = 0;
      let taken = 0;
      for (const [wait, units] of steps) {
        time.advance(wait);
        seconds += wait;
        if (!buckets.take([{ key: 'a', limit: perAddress, units }])) taken += units;
        expect(taken).toBeLessThanOrEqual(5 + seconds / 2);
      }
    }),
    { seed },
  );
});

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['nonsense', 'nonsense'],
])('takes %s for %s', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});
