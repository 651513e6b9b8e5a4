import fc from 'fast-check';
import {
  currencyScale,
  formatDecimal,
  Money,
  multiplyDivide,
  parseDecimal,
  readMoney,
  Refusal,
} from '../src/index.ts';

const minor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('decimals', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 6 }), (value, scale) => {
        expect(parseDecimal(formatDecimal(value, scale), scale)).toBe(value);
      }),
    );
  });

  it.each(['', '1.', '.5', '1e3', '1,5', ' 1', '0x1', '--1', 'NaN'])('are not %j', (text) => {
    expect(parseDecimal(text, 2)).toBeNull();
  });

  it('are refused rather than rounded', () => {
    expect(parseDecimal('1.005', 2)).toBeNull();
    expect(parseDecimal('1.500', 2)).toBe(150);
    expect(parseDecimal('99999999999999999', 2)).toBeNull();
  });
});

describe('rounding', () => {
  it('goes to the nearest, and from the middle to the even', () => {
    expect([5, 15, 25, 35, -5, -15, -25].map((value) => multiplyDivide(value, 1, 10))).toEqual(
      [0, 2, 2, 4, -0, -2, -2].map((value) => value + 0),
    );
  });

  it('is never further off than half a unit', () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 200_000 }), (amount, rate) => {
        const rounded = multiplyDivide(amount, rate, 100_000);
        const twiceError = 2n * (BigInt(rounded) * 100_000n - BigInt(amount) * BigInt(rate));
        expect(twiceError >= -100_000n && twiceError <= 100_000n).toBe(true);
      }),
    );
  });

  it('fails rather than being inexact', () => {
    expect(() => multiplyDivide(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(RangeError);
  });
});

describe('money', () => {
  it('adds up exactly', () => {
    fc.assert(
      fc.property(fc.array(minor, { maxLength: 50 }), (amounts) => {
        const sum = amounts.reduce(
          (total, each) => total.plus(new Money(each, 'USD')),
          Money.zero('USD'),
        );
        expect(sum.minor).toBe(amounts.reduce((total, each) => total + each, 0));
      }),
    );
  });

  it('shows the places that its currency has', () => {
    expect(String(new Money(425, 'USD'))).toBe('4.25 USD');
    expect(String(new Money(-5, 'USD'))).toBe('-0.05 USD');
    expect(String(new Money(425, 'JPY'))).toBe('425 JPY');
    expect(String(new Money(4250, 'KWD'))).toBe('4.250 KWD');
    expect(currencyScale('JPY')).toBe(0);
  });

  it('never mixes currencies', () => {
    expect(() => new Money(1, 'USD').plus(new Money(1, 'EUR'))).toThrow(RangeError);
  });

  it.each([
    ['-1.00', 'USD', 'amount'],
    ['1.001', 'USD', 'amount'],
    ['1.00', 'EUR', 'currencyCode'],
  ])('refuses %s %s and names the field', (amount, currencyCode, at) => {
    const read = () => readMoney({ amount, currencyCode }, { field: ['tip'], currency: 'USD' });
    expect(read).toThrow(Refusal);
    expect(read).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ field: ['tip', at] })] }),
    );
  });
});
