import { parseValue } from 'graphql';
import { CurrencyCode } from '../src/index.ts';

const read = (literal: string) => CurrencyCode.parseLiteral(parseValue(literal), {});

describe('a scalar in an operation', () => {
  it('is read from text', () => expect(read('"USD"')).toBe('USD'));

  it.each([
    ['"US"', '"US" is no CurrencyCode. ISO 4217, three letters.'],
    ['USD', 'USD is not in quotation marks, and so is no CurrencyCode. ISO 4217, three letters.'],
    ['7', '7 is not in quotation marks, and so is no CurrencyCode. ISO 4217, three letters.'],
  ])('tells what is wrong with %s', (literal, message) => {
    expect(() => read(literal)).toThrow(
      expect.objectContaining({ message, extensions: { code: 'BAD_USER_INPUT' } }),
    );
  });
});
