import { RequestError, type Hooks } from '../src/index.ts';
import { until } from './support/events.ts';
import { CHANGED, LiveRouter } from './support/live-router.ts';

let live: LiveRouter | undefined;

afterEach(() => live?.router.close());

/** A router with a hook, and what clients of one subscription hear of an event. */
async function hear(onResponse: Hooks['onResponse'], clients = 1) {
  const { router } = (live = await LiveRouter.start({ hooks: { onResponse } }));
  const headers = { authorization: await live.bearer() };
  const query = CHANGED.replace('subscription', 'subscription Changes');
  const told: string[] = [];
  const ended = Promise.all(
    Array.from({ length: clients }, async () => {
      for await (const answer of router.subscribe({ query, headers })) {
        told.push(JSON.stringify(answer));
      }
    }),
  );
  await until(() => live?.upstreams === 1);
  live.publish(1, 'secret');
  return { told, ended };
}

describe('the hook onResponse', () => {
  it('changes each event once for all who share it', async () => {
    const asked: unknown[] = [];
    const { told } = await hear(({ operationName, claims, json }) => {
      asked.push([operationName, claims?.['sub']]);
      return { json: json.replaceAll('secret', '***') };
    }, 3);
    await until(() => told.length === 3);

    expect(asked).toEqual([['Changes', 'u1']]);
    const changed = { id: '***', at: 1, customer: 'customer of ***' };
    expect(told.map((text): unknown => JSON.parse(text))).toEqual(
      Array(3).fill({ data: { changed } }),
    );
  });

  it.each([
    [new RequestError([{ message: 'No', extensions: { code: 'NOT_TODAY' } }], 403), 'NOT_TODAY'],
    [new Error('a mistake'), 'INTERNAL_SERVER_ERROR'],
  ])('ends the subscription when it throws (%#)', async (thrown, code) => {
    const { told, ended } = await hear(() => {
      throw thrown;
    });
    await ended;

    expect(told).toHaveLength(1);
    expect(told[0]).toContain(code);
    expect(told[0]).not.toContain('mistake');
    await until(() => live?.upstreams === 0);
  });
});
