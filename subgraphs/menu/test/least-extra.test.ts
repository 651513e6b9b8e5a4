import fc from 'fast-check';
import { leastExtra } from '../src/services/option-groups.ts';
import type { OptionGroupData } from '../src/types/option-group.ts';

describe('the least that a choice can add', () => {
  const group = fc
    .record({
      deltas: fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 5 }),
      a: fc.nat(),
      b: fc.nat(),
    })
    .map(({ deltas, a, b }): OptionGroupData => {
      const max = 1 + (a % deltas.length);
      const options = deltas.map((minor, index) => ({
        id: String(index),
        name: String(index),
        priceDelta: { minor, currency: 'USD' },
        isDefault: false,
      }));
      return { id: 'g', name: 'g', min: b % (max + 1), max, options };
    });

  const bySearch = ({ min, max, options }: OptionGroupData): number => {
    let least = Infinity;
    for (let chosen = 0; chosen < 1 << options.length; chosen++) {
      const picked = options.filter((_, index) => chosen & (1 << index));
      if (picked.length < min || picked.length > max) continue;
      least = Math.min(
        least,
        picked.reduce((sum, { priceDelta }) => sum + priceDelta.minor, 0),
      );
    }
    return least;
  };

  it('is what trying every choice finds', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 3 }), (groups) => {
        const expected = groups.reduce((sum, each) => sum + bySearch(each), 0);
        expect(leastExtra(groups)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});
