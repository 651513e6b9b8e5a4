import fc from 'fast-check';
import { logOnly } from './log-only.ts';
import {
  fileOf,
  importInto,
  lineOf,
  removeScratchFolders,
  salesIn,
  scratchFolder,
} from './support.ts';

afterAll(removeScratchFolders);

const sale = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  cents: fc.integer({ min: 0, max: 9_999 }),
  day: fc.integer({ min: 1, max: 28 }),
  store: fc.constantFrom<[number, string]>([3, 'Astoria'], [5, 'Lower Manhattan']),
});

const amount = (cents: number): string => (cents / 100).toFixed(2);

describe('files that overlap', () => {
  it('bring each sale once and to the cent, in whatever pieces and order they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sale, { minLength: 1, maxLength: 40 }),
        fc.array(fc.array(fc.nat(39), { minLength: 1, maxLength: 40 }), { maxLength: 5 }),
        async (sales, pieces) => {
          const crema = logOnly(scratchFolder());
          const lines = sales.map(({ quantity, cents, day, store }, index) =>
            lineOf(index, {
              date: `2023-02-${String(day).padStart(2, '0')}`,
              price: amount(cents),
              quantity,
              store,
            }),
          );
          for (const piece of [...pieces, sales.map((_, index) => index)]) {
            const some = piece.filter((index) => index < lines.length);
            const { leftOut } = await importInto(crema, fileOf(some.map((index) => lines[index]!)));
            expect(leftOut).toEqual([]);
          }
          const told = await salesIn(crema.events);
          await crema.events.close();
          expect(
            told.map(({ transactionId, quantity, unitPriceMinor }) => [
              Number(transactionId),
              quantity,
              unitPriceMinor,
            ]),
          ).toEqual(sales.map(({ quantity, cents }, index) => [index, quantity, cents]));
        },
      ),
      { numRuns: 20 },
    );
  }, 120_000);
});
