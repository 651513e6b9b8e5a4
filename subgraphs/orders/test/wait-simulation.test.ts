import { closeTestSubgraphs, createTestSubgraph, runs } from '@crema/kit/testing';
import fc from 'fast-check';
import { orders } from '../src/subgraph.ts';
import { handsAfter, handsOf, paceAfter, startingPace, type Pace } from '../src/services/pace.ts';
import { latte, type Json } from './order-json.ts';
import { ASTORIA } from './people.ts';
import { createTestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const WAIT =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cafe { currentWaitMinutes } } }';
const CAFE = { r: [{ __typename: 'Cafe', id: ASTORIA }] };

/** Chance that follows from a seed: uniform in (0, 1). (Park and Miller's generator.) */
function chanceOf(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Times that people take: log-normal with this mean, a third of them off by more than 40 %. */
function timesOf(chance: () => number, meanMs: number): () => number {
  const sigma = 0.4;
  return () => {
    const normal = Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance());
    return meanMs * Math.exp(sigma * normal - sigma ** 2 / 2);
  };
}

const seed = fc.integer({ min: 0, max: 1_000_000_000 });
const meanMs = fc.integer({ min: 20_000, max: 400_000 });

/** What a café believes after so many orders of one to four pieces. */
function learn(pace: Pace, count: number, take: () => number, chance: () => number): Pace {
  let learned = pace;
  for (let order = 0; order < count; order++) {
    const items = 1 + Math.floor(chance() * 4);
    let elapsed = 0;
    for (let piece = 0; piece < items; piece++) elapsed += take();
    learned = { ...learned, ...paceAfter(learned, elapsed, items) };
  }
  return learned;
}

/** The mean of what is believed over the next hundred orders: without the noise of the last few. */
function meanOf(pace: Pace, take: () => number, chance: () => number): number {
  let [learned, sum] = [pace, 0];
  for (let order = 0; order < 100; order++) {
    learned = learn(learned, 1, take, chance);
    sum += learned.msPerItem;
  }
  return sum / 100;
}

describe("a café's measured pace", () => {
  it('comes to the true one from a wrong start, and follows when the café changes', () => {
    fc.assert(
      fc.property(seed, meanMs, meanMs, meanMs, (number, start, first, second) => {
        const chance = chanceOf(number);
        let pace = startingPace(start);
        for (const truth of [first, second]) {
          const take = timesOf(chance, truth);
          pace = learn(pace, 60, take, chance);
          expect(Math.abs(pace.msPerItem / truth - 1)).toBeLessThan(0.5);
          expect(Math.abs(meanOf(pace, take, chance) / truth - 1)).toBeLessThan(0.15);
        }
      }),
    );
  });

  it('is hardly moved by a forgotten tap, nor by one too early', () => {
    fc.assert(
      fc.property(seed, meanMs, fc.constantFrom(0, 6 * 3_600_000), (number, truth, elapsed) => {
        const chance = chanceOf(number);
        const known = learn(startingPace(truth), 50, timesOf(chance, truth), chance);
        const { msPerItem } = paceAfter(known, elapsed, 1);
        expect(msPerItem / known.msPerItem).toBeGreaterThan(0.9);
        expect(msPerItem / known.msPerItem).toBeLessThan(1.25);
      }),
    );
  });

  it('knows how many make orders side by side', () => {
    let pace = startingPace(60_000);
    const begin = (...making: number[]) => {
      for (const each of making) pace = { ...pace, ...handsAfter(pace, each) };
      return handsOf(pace);
    };
    expect(begin(1, 1, 1)).toBe(1);
    expect(begin(2, 3, 3, 3)).toBe(3);
    // One who is alone for a moment is not alone for good.
    expect(begin(1, 2, 3, 3)).toBe(3);
    expect(begin(...Array.from({ length: 60 }, () => 1))).toBe(1);
  });
});

describe('the wait that customers are told', () => {
  it.each([1, 2])(
    'comes true at a café with %i at work, after a wrong start',
    async (staff) => {
      const shop = await createTestOrders({ env: { PREPARATION_SECONDS_PER_ITEM: '30' } });
      const chance = chanceOf(20_260_302 + staff);
      const take = timesOf(chance, 120_000);
      const waiting: { id: string; items: number; placed: number; told: number }[] = [];
      const hands: { id: string; placed: number; told: number; until: number }[] = [];
      const waits: { told: number; came: number }[] = [];
      const start = shop.clock.now().getTime();
      const now = () => shop.clock.now().getTime() - start;
      const goTo = (time: number) => shop.clock.advance(Math.round(time) - now());

      const beginAll = async () => {
        while (hands.length < staff && waiting.length > 0) {
          const { id, items, placed, told } = waiting.shift()!;
          await shop.act('startPreparing', id);
          let elapsed = 0;
          for (let piece = 0; piece < items; piece++) elapsed += take();
          hands.push({ id, placed, told, until: now() + elapsed });
        }
      };
      const workUntil = async (time: number) => {
        for (;;) {
          hands.sort((a, b) => a.until - b.until);
          const next = hands[0];
          if (!next || next.until > time) break;
          hands.shift();
          goTo(next.until);
          await shop.act('markReady', next.id);
          await shop.act('markCollected', next.id);
          waits.push({ told: next.told - next.placed, came: now() - next.placed });
          await beginAll();
        }
        if (Number.isFinite(time)) goTo(time);
      };

      let time = 0;
      const count = Math.max(runs(48), 24);
      for (let order = 0; order < count; order++) {
        // They come a little faster than they are served: there is a queue.
        time += -Math.log(chance()) * (220_000 / staff);
        await workUntil(time);
        const items = 1 + Math.floor(chance() * 3);
        const { id, estimatedReadyAt } = await shop.orderIn('CONFIRMED', { lines: [latte(items)] });
        waiting.push({ id, items, placed: now(), told: Date.parse(estimatedReadyAt!) - start });
        await beginAll();
      }
      await workUntil(Number.POSITIVE_INFINITY);
      expect(waits).toHaveLength(count);
      const ratioOf = (some: typeof waits) =>
        some.reduce((sum, { told }) => sum + told, 0) /
        some.reduce((sum, { came }) => sum + came, 0);
      expect(ratioOf(waits.slice(0, 6))).toBeLessThan(0.5);
      expect(ratioOf(waits.slice(-count / 2))).toBeGreaterThan(0.75);
      expect(ratioOf(waits.slice(-count / 2))).toBeLessThan(1.25);

      // What a restart or another replica knows is the same.
      const other = await createTestSubgraph(orders, { replicaOf: shop });
      const answers = [shop, other].map(
        async (each) => (await each.ask(null, WAIT, CAFE)).data as Json,
      );
      const [here, there] = await Promise.all(answers);
      expect(there).toEqual(here);
      expect(here).toMatchObject({ _entities: [{ currentWaitMinutes: expect.any(Number) }] });
    },
    180_000,
  );
});
