import fc from 'fast-check';
import {
  openDocuments,
  uuidV7,
  type BatchHandler,
  type Collection,
  type Document,
  type Documents,
  type EventLog,
  type LoggedEvent,
} from '@crema/kit';
import { closeTestSubgraphs, FakeClock, seededRandom } from '@crema/kit/testing';
import { OrderConfirmed } from '@crema/schema/events';
import type { EditionName } from '../src/entities/edition-choice.ts';
import { openBooks } from '../src/services/books.ts';
import { openEditions } from '../src/services/editions.ts';
import { giveUpRebuild, rebuildAnalytics } from '../src/subgraph.ts';
import { ALL, ASTORIA, createTestAnalytics, managerAt, type TestAnalytics } from './support.ts';
import { factsOf, world } from './world.ts';

const opened: Documents[] = [];

afterEach(async () => {
  for (const documents of opened.splice(0)) await documents.close();
  await closeTestSubgraphs();
});

interface Dumped extends Document {
  readonly calendar?: string;
}

/** What another process has in its hands. */
async function operatorOf(test: TestAnalytics) {
  const { clock } = test;
  const documents = await openDocuments({ url: test.home.documentsUrl('analytics'), clock });
  opened.push(documents);
  const ids = uuidV7(clock, seededRandom(7));
  return {
    documents,
    rebuild: (events: EventLog = test.events) =>
      rebuildAnalytics({ documents, events, clock, ids }),
    giveUp: () => giveUpRebuild(documents, clock),
    isTold: async (): Promise<EditionName> =>
      (await (await openEditions(documents, clock)).current()).name,
    /** Every document that figures are told from, but for what is worked out when it is asked for. */
    async dump() {
      const { name } = await (await openEditions(documents, clock)).current();
      const { revisions: _, rollups: __, ...books } = await openBooks(documents, name);
      const cafes = await books.cafes.find({ order: [['id', 'asc']] });
      const calendars = new Set(cafes.map(({ id, timeZone }) => `${id}@${timeZone}`));
      const dumped = await Promise.all(
        Object.entries(books).map(async ([name, books]) => {
          const collection = books as unknown as Collection<Dumped>;
          const all = await collection.find({ order: [['id', 'asc']] });
          // Of a café that moved, the books of the time zone before are told by nobody.
          return [name, all.filter(({ calendar }) => !calendar || calendars.has(calendar))];
        }),
      );
      return Object.fromEntries(dumped) as Record<string, unknown[]>;
    },
  };
}

/** The same log, on whose reading something happens after the first batch. */
const interrupted = (events: EventLog, then: (handle: BatchHandler) => Promise<void>): EventLog =>
  new Proxy(events, {
    get(log, method: keyof EventLog) {
      if (method !== 'read') return (log[method] as () => unknown).bind(log);
      return async (...[topics, handle]: Parameters<EventLog['read']>) => {
        let isFirst = true;
        await log.read(topics, async (batch) => {
          await handle(batch);
          if (isFirst) await then(handle);
          isFirst = false;
        });
      };
    },
  });

const JULY = { from: '2026-07-01', to: '2026-07-31' };
const sale = (i: number) => ({
  orderId: `o${i}`,
  at: `2026-07-01T15:${String(i).padStart(2, '0')}:00.000Z`,
});

describe('a rebuild', () => {
  it('comes to the very documents, whatever the order of facts, and however many come meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.nat(100), async (world, percent) => {
        const facts = factsOf(world, 'w')
          .map((fact, i) => ({ event: fact.event, rank: world.order[i % world.order.length]! }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        const already = Math.floor((facts.length * percent) / 100);

        const live = await createTestAnalytics({ clock: new FakeClock('2027-01-01T00:00:00Z') });
        const operator = await operatorOf(live);
        await live.events.append(facts.slice(0, already));
        const rebuilding = operator.rebuild();
        for (const event of facts.slice(already)) await live.events.append([event]);
        await rebuilding;
        await live.settle();
        expect(await operator.isTold()).toBe('b');

        const fresh = await createTestAnalytics({ clock: new FakeClock('2027-01-01T00:00:00Z') });
        await fresh.events.append([...facts].reverse());
        await fresh.settle();
        const expected = await (await operatorOf(fresh)).dump();
        expect(await operator.dump()).toEqual(expected);
        // Once more, back into the first set, which is full of what was there before.
        await operator.rebuild();
        expect(await operator.isTold()).toBe('a');
        expect(await operator.dump()).toEqual(expected);
        await closeTestSubgraphs();
      }),
      { numRuns: 8, interruptAfterTimeLimit: 60_000 },
    );
  }, 300_000);

  it('lets the same figures be told from beginning to end, and keeps what comes meanwhile', async () => {
    const test = await createTestAnalytics();
    const operator = await operatorOf(test);
    await test.openCafe();
    for (let i = 0; i < 5; i++) await test.sell(sale(i));
    const before = await test.report(JULY);
    const during: unknown[] = [];
    await operator.rebuild(
      interrupted(test.events, async () => {
        during.push(await test.report(JULY));
        await test.sell(sale(5));
        during.push((await test.report(JULY)).salesSummary.orders);
      }),
    );
    expect(during).toEqual([before, 6]);
    expect((await test.report(JULY)).salesSummary.orders).toBe(6);
    await test.sell(sale(6));
    expect((await test.report(JULY)).salesSummary.orders).toBe(7);
  });

  it('that ends half way changes nothing, and the next one begins anew', async () => {
    const test = await createTestAnalytics();
    const operator = await operatorOf(test);
    await test.openCafe();
    for (let i = 0; i < 5; i++) await test.sell(sale(i));
    const before = await test.report(JULY);
    const failing = operator.rebuild(
      interrupted(test.events, () => Promise.reject(new Error('the disk is full'))),
    );
    await expect(failing).rejects.toThrow('the disk is full');
    expect(await operator.isTold()).toBe('a');
    expect(await test.report(JULY)).toEqual(before);
    expect(await operator.giveUp()).toBe(false);

    await operator.rebuild();
    expect(await operator.isTold()).toBe('b');
    expect(await test.report(JULY)).toEqual(before);
  });

  it('gives way to one that begins later, and can be given up', async () => {
    const test = await createTestAnalytics();
    const operator = await operatorOf(test);
    await test.openCafe();
    for (let i = 0; i < 5; i++) await test.sell(sale(i));
    const before = await test.report(JULY);
    const first = operator.rebuild(
      interrupted(test.events, async () => void (await operator.rebuild())),
    );
    await expect(first).rejects.toThrow('Another rebuild has begun');
    expect(await operator.isTold()).toBe('b');
    expect(await test.report(JULY)).toEqual(before);

    const given = operator.rebuild(
      interrupted(test.events, async () => void (await operator.giveUp())),
    );
    await expect(given).rejects.toThrow('given up');
    expect(await operator.isTold()).toBe('b');
    expect(await test.report(JULY)).toEqual(before);
  });

  it('passes over what the live read models could not take in, and over nothing else', async () => {
    const test = await createTestAnalytics();
    const operator = await operatorOf(test);
    await test.openCafe();
    await test.sell(sale(0));
    const spoiled: LoggedEvent = {
      id: 'spoiled',
      type: OrderConfirmed.type,
      version: OrderConfirmed.version,
      topic: OrderConfirmed.topic,
      key: 'spoiled',
      source: 'test',
      time: sale(0).at,
      data: { cafeId: ASTORIA },
      partition: 0,
      position: 1,
    };
    const withSpoiled = interrupted(test.events, (handle) => handle([spoiled]));
    await expect(operator.rebuild(withSpoiled)).rejects.toThrow('orders.order.confirmed spoiled');
    expect(await operator.isTold()).toBe('a');

    const failedAt = sale(0).at;
    await test.events.bury({
      group: 'analytics',
      event: spoiled,
      error: 'it is spoiled',
      attempts: 5,
      failedAt,
    });
    expect(await operator.rebuild(withSpoiled)).toMatchObject({ buried: 1 });
    expect(await operator.isTold()).toBe('b');
  });

  it('is seen by every process at once', async () => {
    const test = await createTestAnalytics({ isShared: true });
    const replica = await createTestAnalytics({ replicaOf: test });
    const operator = await operatorOf(test);
    await test.openCafe();
    for (let i = 0; i < 3; i++) await test.sell(sale(i));
    await operator.rebuild();
    await test.sell(sale(3));
    const { data } = await replica.ask(managerAt(ASTORIA), ALL, { filter: JULY, interval: 'DAY' });
    expect(data).toMatchObject({ salesSummary: { orders: 4 } });
  });
});
