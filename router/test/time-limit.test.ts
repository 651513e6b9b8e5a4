import { until } from './support/events.ts';
import { definitions, slow } from './support/hello.ts';
import { TestClock } from './support/issuer.ts';
import { serve, type ServedRouter } from './support/serve.ts';

let clock: TestClock;
let served: ServedRouter;

beforeEach(async () => {
  slow.delete('release');
  clock = new TestClock();
  served = await serve(definitions, { requestTimeoutMs: 5_000, clock, timers: clock });
});

afterEach(() => served.router.close());

const requests = () => served.subgraphs.get('hello').requests;

it('gives up a query whose time is up, at the subgraph, too', async () => {
  const asked = served.post({ query: '{ slow }' });
  await until(() => slow.has('release'));
  clock.advance(5);

  const { status, body } = await asked;

  expect(status).toBe(504);
  expect(body).toEqual({
    errors: [
      {
        message: 'The request was not answered in time: 5 s at most',
        extensions: { code: 'REQUEST_TIMEOUT', limit: 5_000 },
      },
    ],
  });
  expect(requests()[0]?.signal?.aborted).toBe(true);
});

it('answers what comes in time', async () => {
  const asked = served.post({ query: '{ slow }' });
  await until(() => slow.has('release'));
  clock.advance(4);
  slow.get('release')?.();

  expect((await asked).body).toEqual({ data: { slow: 'slow' } });
  clock.advance(5);
  expect(requests()[0]?.signal?.aborted).toBe(false);
});
