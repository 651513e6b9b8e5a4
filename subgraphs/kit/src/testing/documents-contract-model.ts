import fc from 'fast-check';
import type { Find, Where } from '../documents/documents.ts';
import { cup, type Cup, type CupStore } from './document-cups.ts';
import { ModelCollection } from './document-model.ts';

const ids = fc.constantFrom('a', 'b', 'c', 'd');
/** Both sides of what sorts differently by UTF-16 and by bytes, and what case or accents might confuse. */
const texts = fc.constantFrom('', 'A', 'a', 'B', 'é', 'z', '\uffee', '😀', '10', '9');
const instants = fc.option(fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-10'));
const numbers = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(2 ** 31, -(2 ** 31), 2 ** 52),
);

const cups = fc
  .record({
    id: ids,
    owner: texts,
    filledAt: instants,
    sips: numbers,
    isClean: fc.boolean(),
    refills: fc.option(numbers, { nil: undefined }),
    tags: fc.option(fc.array(fc.record({ name: texts }), { maxLength: 2 }), { nil: undefined }),
  })
  .map((rest) => cup(rest.id, rest));

const rangeOf = (values: fc.Arbitrary<string | number>) =>
  fc.record({ from: values, below: values }, { requiredKeys: [] });

const conditions: fc.Arbitrary<Where<Omit<Cup, 'id'>>> = fc.oneof(
  fc.record({ owner: fc.oneof(texts, fc.array(texts, { maxLength: 4 }), rangeOf(texts)) }),
  fc.record({ filledAt: fc.oneof(instants, fc.array(instants, { maxLength: 2 })) }),
  fc.record({ sips: fc.oneof(numbers, rangeOf(numbers)) }),
  fc.record({ isClean: fc.boolean() }),
  fc.record({ refills: fc.oneof(fc.constant(null), rangeOf(numbers)) }),
);

const conditionsOnId: fc.Arbitrary<Where<Cup>> = fc.record({
  id: fc.oneof(ids, fc.array(ids, { maxLength: 3 })),
});

/** Few conditions, so that something is found. */
const wheres: fc.Arbitrary<Where<Cup>> = fc
  .array(fc.oneof(conditions, conditionsOnId), { maxLength: 2 })
  .map((all) => Object.assign({}, ...all) as Where<Cup>);

const added = fc.integer({ min: -1_000, max: 1_000 });
const changes = fc.record(
  {
    set: fc.record(
      { owner: texts, filledAt: instants, isClean: fc.boolean() },
      { requiredKeys: [] },
    ),
    add: fc.record({ sips: added, refills: added }, { requiredKeys: [] }),
    where: conditions,
    onceKey: fc.constantFrom('k', 'l'),
  },
  { requiredKeys: [] },
);

const sortings = fc.constantFrom<NonNullable<Find<Cup>['order']>>(
  [['id', 'asc']],
  [
    ['owner', 'asc'],
    ['id', 'desc'],
  ],
  [
    ['filledAt', 'desc'],
    ['owner', 'desc'],
    ['id', 'asc'],
  ],
  [
    ['refills', 'asc'],
    ['id', 'asc'],
  ],
);

type Store = { readonly [Method in keyof ModelCollection]: ModelCollection[Method] };
type Answer = (store: Store | CupStore['cups']) => unknown;

const operations: fc.Arbitrary<{ name: string; run: Answer }> = fc.oneof(
  named('insert', cups, (cup) => (store) => store.insert(cup)),
  named('put', cups, (cup) => (store) => store.put(cup)),
  named(
    'change',
    fc.tuple(ids, changes),
    ([id, change]) =>
      (store) =>
        store.change(id, change),
  ),
  named('begin', fc.tuple(cups, changes), ([orInsert, change]) => (store) => {
    return store.change(orInsert.id, { ...change, orInsert });
  }),
  named(
    'find',
    fc.record({ where: wheres, order: sortings, limit: fc.nat(4) }),
    (find) => (store) => store.find(find),
  ),
  named(
    'totals',
    fc.record({ by: fc.constantFrom<'owner' | 'refills'>('owner', 'refills'), where: wheres }),
    (totals) => (store) => store.totals({ ...totals, sum: ['sips', 'refills'] }),
  ),
  named('remove', conditions, (where) => (store) => store.remove(where)),
);

function named<Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  run: (input: Input) => Answer,
): fc.Arbitrary<{ name: string; run: Answer }> {
  return inputs.map((input) => ({ name: `${name} ${JSON.stringify(input)}`, run: run(input) }));
}

const manyOperations = fc.array(operations, { minLength: 20, maxLength: 40 });

/** Whatever is done, the answers are those of the model. fast-check prints the seed of what fails. */
export function describeAnyOperations(store: CupStore): void {
  it('have the answers of a simple model, one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(manyOperations, async (steps) => {
        await store.cups.remove({});
        const model = new ModelCollection();
        for (const { name, run } of steps) {
          const expected = run(model);
          expect([name, await run(store.cups)]).toEqual([name, expected]);
        }
        const order = [['id', 'asc']] as const;
        expect(await store.cups.find({ order })).toEqual(model.find({ order }));
      }),
      { numRuns: 60, interruptAfterTimeLimit: 15_000 },
    );
  }, 60_000);

  it('at once, of which each is applied once, add up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(ids, fc.nat(5), added), { minLength: 1, maxLength: 60 }),
        async (adds) => {
          await store.cups.remove({});
          const tries = await Promise.all(
            adds.map(([id, key, more]) =>
              store.cups.change(id, { add: { sips: more }, orInsert: cup(id), onceKey: `k${key}` }),
            ),
          );
          const applied = adds.filter((_, index) => tries[index]);
          const keys = new Set(adds.map(([id, key]) => `${id} ${key}`));
          expect(applied).toHaveLength(keys.size);
          for (const id of ['a', 'b', 'c', 'd']) {
            const sum = applied
              .filter(([of]) => of === id)
              .reduce((sips, [, , more]) => sips + more, 0);
            expect((await store.cups.get(id))?.sips ?? 0).toBe(sum);
          }
        },
      ),
      { numRuns: 15, interruptAfterTimeLimit: 20_000 },
    );
  }, 60_000);
}
