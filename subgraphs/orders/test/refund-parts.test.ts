import fc from 'fast-check';
import { partsOf, withTax, worthAfter } from '../src/services/refund-parts.ts';

/** An order's amounts: the tax is any that a rate up to 100 % may come to. */
const order = fc
  .record({
    subtotalMinor: fc.integer({ min: 1, max: 50_000 }),
    rate: fc.integer({ min: 0, max: 10_000 }),
    tipMinor: fc.integer({ min: 0, max: 2_000 }),
  })
  .map(({ subtotalMinor, rate, tipMinor }) => ({
    subtotalMinor,
    taxMinor: Math.round((subtotalMinor * rate) / 10_000),
    tipMinor,
  }));

type Amounts = typeof order extends fc.Arbitrary<infer Each> ? Each : never;
const totalOf = ({ subtotalMinor, taxMinor, tipMinor }: Amounts) =>
  subtotalMinor + taxMinor + tipMinor;

/** Each gives back a share of what is left, by amount or by the price of goods. */
const steps = fc.array(
  fc.record({ share: fc.integer({ min: 0, max: 100 }), byGoods: fc.boolean() }),
  {
    maxLength: 20,
  },
);

describe('what a refund is made of', () => {
  it('is goods, tax and tip that add up exactly, whatever is given back in whatever order', () => {
    fc.assert(
      fc.property(order, steps, (amounts, shares) => {
        const total = totalOf(amounts);
        const sums = { subtotalMinor: 0, taxMinor: 0, tipMinor: 0 };
        let before = 0;
        const giveBack = (minor: number) => {
          const parts = partsOf(amounts, before, minor);
          for (const part of ['subtotalMinor', 'taxMinor', 'tipMinor'] as const) {
            expect(parts[part]).toBeGreaterThanOrEqual(0);
            sums[part] += parts[part];
          }
          expect(parts.subtotalMinor + parts.taxMinor + parts.tipMinor).toBe(minor);
          before += minor;
          // To within the cent that rounding may move, and the one that an amount may fall between.
          const exactTax = (sums.subtotalMinor * amounts.taxMinor) / amounts.subtotalMinor;
          expect(Math.abs(sums.taxMinor - exactTax)).toBeLessThan(2);
        };
        for (const { share, byGoods } of shares) {
          const goodsLeft = amounts.subtotalMinor - sums.subtotalMinor;
          const minor = byGoods
            ? worthAfter(amounts, before, Math.floor((goodsLeft * share) / 100))!
            : Math.floor(((total - before) * share) / 100);
          giveBack(minor);
        }
        giveBack(total - before);
        expect(sums).toEqual(amounts);
      }),
    );
  });

  it('has of pieces their price and, one after the other, exactly the tax', () => {
    fc.assert(
      fc.property(order, fc.array(fc.integer({ min: 1, max: 1_000 })), (amounts, prices) => {
        let before = 0;
        let net = 0;
        for (const price of prices) {
          const worth = worthAfter(amounts, before, price);
          if (net + price > amounts.subtotalMinor) {
            expect(worth).toBeNull();
            continue;
          }
          expect(partsOf(amounts, before, worth!)).toMatchObject({
            subtotalMinor: price,
            tipMinor: 0,
          });
          before += worth!;
          net += price;
          expect(before).toBe(withTax(amounts, net));
        }
      }),
    );
  });

  it('takes the tip last', () => {
    const amounts = { subtotalMinor: 375, taxMinor: 33, tipMinor: 100 };
    expect(partsOf(amounts, 0, 408)).toEqual({ subtotalMinor: 375, taxMinor: 33, tipMinor: 0 });
    expect(partsOf(amounts, 400, 50)).toEqual({ subtotalMinor: 7, taxMinor: 1, tipMinor: 42 });
    expect(partsOf({ subtotalMinor: 0, taxMinor: 0 }, 0, 100)).toEqual({
      subtotalMinor: 0,
      taxMinor: 0,
      tipMinor: 100,
    });
  });
});
