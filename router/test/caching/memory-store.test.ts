import { MemoryStore } from '../../src/caching/memory-store.ts';
import { storeContract } from './store-contract.ts';

const START = Date.UTC(2026, 0, 1);

describe('answers in memory', () => {
  let nowMs = START;
  const clock = { now: () => new Date(nowMs) };
  const open = (maxBytes = 1_000_000, maxTags?: number): MemoryStore =>
    new MemoryStore({ clock, maxBytes, ...(maxTags !== undefined && { maxTags }) });

  storeContract(async () => {
    const store = open();
    return { one: store, other: store };
  });

  it('forgets what is too old', () => {
    const store = open();
    store.write('0', [{ key: 'a', value: 1, tags: ['x'], ttlMs: 1_000 }]);

    nowMs += 999;
    expect(store.read(['a']).values).toEqual([1]);
    nowMs += 1;
    expect(store.read(['a']).values).toEqual([undefined]);
  });

  it('forgets what was used longest ago when it is full', () => {
    const store = open(250);
    const write = (key: string): void =>
      store.write('0', [{ key, value: 'v'.repeat(80), tags: ['x'], ttlMs: 1_000 }]);

    write('a');
    write('b');
    store.read(['a']);
    write('c');

    const [a, b, c] = store.read(['a', 'b', 'c']).values;
    expect([a, b, c].map((value) => value !== undefined)).toEqual([true, false, true]);
  });

  it('keeps nothing that is larger than all its room', () => {
    const store = open(100);

    store.write('0', [{ key: 'a', value: 'v'.repeat(101), tags: ['x'], ttlMs: 1_000 }]);

    expect(store.read(['a']).values).toEqual([undefined]);
  });

  it('forgets everything, what is under way included, when it knows too many tags', async () => {
    const store = open(1_000_000, 2);
    const { moment } = store.read([]);
    store.write(moment, [{ key: 'a', value: 1, tags: ['untouched'], ttlMs: 1_000 }]);

    await store.invalidate(['x', 'y', 'z']);
    store.write(moment, [{ key: 'b', value: 1, tags: ['x'], ttlMs: 1_000 }]);

    expect(store.read(['a', 'b']).values).toEqual([undefined, undefined]);
    store.write(store.read([]).moment, [{ key: 'a', value: 2, tags: ['x'], ttlMs: 1_000 }]);
    expect(store.read(['a']).values).toEqual([2]);
  });
});
