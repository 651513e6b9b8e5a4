import fc from 'fast-check';
import type { OrderLineInput } from '../src/inputs/order-input.ts';
import { KnownCafe } from '../src/services/known-cafe.ts';
import type { Shelf } from '../src/services/catalogue.ts';
import { priceOrder } from '../src/services/price-order.ts';
import { cafeFact, latteFact, usd } from './menu.ts';

const NOW = new Date('2026-03-02T15:00:00.000Z');
const WEEK = 7 * 86_400_000;

const rates = fc.integer({ min: 0, max: 30_000 }).map((thousandths) => String(thousandths / 1_000));
const prices = fc.integer({ min: 0, max: 50_000 });
const optionIds = fc.uniqueArray(
  fc.constantFrom('regular', 'large', 'whole', 'oat', 'shot', 'vanilla', 'nonsense'),
);
const lineInputs: fc.Arbitrary<OrderLineInput> = fc.record({
  productId: fc.constantFrom('latte', 'latte', 'nope'),
  quantity: fc.integer({ min: -1, max: 52 }),
  optionIds,
});

const shelfOf = (price: number, taxRate: string, offered: number | null): Shelf => {
  const cafe = new KnownCafe('cafe', cafeFact({ taxRate }));
  return {
    cafe: (id) => (id === 'cafe' ? cafe : null),
    product: (id) => (id === 'latte' ? latteFact({ price: usd(price) }) : null),
    offer: () =>
      offered === null
        ? null
        : { cafeId: 'cafe', productId: 'latte', price: usd(offered), soldOut: false },
  };
};

describe('the price of an order', () => {
  it('is the sum of its lines, their tax and the tip, to the cent', () => {
    fc.assert(
      fc.property(
        fc.array(lineInputs, { minLength: 1, maxLength: 12 }),
        prices,
        fc.option(prices),
        rates,
        fc.integer({ min: 0, max: 50_000 }),
        (lines, price, offered, rate, tipMinor) => {
          const tip = { amount: (tipMinor / 100).toFixed(2), currencyCode: 'USD' };
          const priced = priceOrder(
            { cafeId: 'cafe', lines, tip },
            shelfOf(price, rate, offered),
            NOW,
            WEEK,
          );

          expect(priced.lines).toHaveLength(lines.length);
          const sum = priced.lines.reduce((minor, line) => minor + line.total.minor, 0);
          expect(priced.subtotal.minor).toBe(sum);
          expect(priced.tip.minor).toBe(tipMinor);
          expect(priced.total.minor).toBe(sum + priced.tax.minor + tipMinor);
          // Half to even: never more than half a cent off, and even when it is exactly half.
          const thousandths = BigInt(Math.round(Number(rate) * 1_000));
          const off = 2n * (BigInt(priced.tax.minor) * 100_000n - BigInt(sum) * thousandths);
          expect(off <= 100_000n && off >= -100_000n).toBe(true);
          if (off === 100_000n || off === -100_000n) expect(priced.tax.minor % 2).toBe(0);
        },
      ),
    );
  });

  it('has a problem exactly where a rule is broken, at a path that exists in the input', () => {
    fc.assert(
      fc.property(fc.array(lineInputs, { minLength: 1, maxLength: 12 }), (lines) => {
        const priced = priceOrder(
          { cafeId: 'cafe', lines },
          shelfOf(375, '8.875', null),
          NOW,
          WEEK,
        );
        for (const [index, line] of lines.entries()) {
          const at = (property: string) =>
            priced.problems.some(({ field }) => field?.join('.') === `lines.${index}.${property}`);
          expect(at('quantity')).toBe(line.quantity < 1 || line.quantity > 50);
          expect(at('productId')).toBe(line.productId === 'nope');
          const chosen = new Set(line.optionIds);
          const isWrong =
            line.productId === 'latte' &&
            (chosen.has('nonsense') ||
              (chosen.has('regular') && chosen.has('large')) ||
              (chosen.has('whole') && chosen.has('oat')));
          expect(at('optionIds')).toBe(isWrong);
        }
        expect(priced.problems.every(({ field }) => field?.[0] === 'lines')).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the chosen options', () => {
    fc.assert(
      fc.property(optionIds, prices, (ids, price) => {
        const priceOf = (chosen: string[]) =>
          priceOrder(
            { cafeId: 'cafe', lines: [{ productId: 'latte', quantity: 1, optionIds: chosen }] },
            shelfOf(price, '8.875', null),
            NOW,
            WEEK,
          );
        expect(priceOf([...ids].reverse())).toEqual(priceOf(ids));
      }),
    );
  });
});
