import { createHash } from 'node:crypto';
import type { PartValue } from './rollups.ts';

/*
 * A set of customers as a text, so that those of many days can be united: of each the first 48 bits of a hash. Two of a
 * hundred thousand share theirs once in fifty thousand such sets, and then count as one.
 */

const BYTES = 6;

const numberOf = (customer: string): number =>
  createHash('sha256').update(customer).digest().readUIntBE(0, BYTES);

export const packCustomers = (customers: readonly (string | number | boolean)[]): PartValue =>
  pack(sortedUnique(Float64Array.from(customers, (customer) => numberOf(String(customer)))));

export const uniteCustomers = (sets: readonly PartValue[]): PartValue =>
  pack(sortedUnique(unpack(sets)));

export const countCustomers = (sets: readonly PartValue[]): number =>
  sortedUnique(unpack(sets)).length;

function sortedUnique(numbers: Float64Array): Float64Array {
  numbers.sort();
  return numbers.filter((number, index) => index === 0 || number !== numbers[index - 1]);
}

function pack(numbers: Float64Array): PartValue {
  const bytes = Buffer.alloc(numbers.length * BYTES);
  numbers.forEach((number, index) => bytes.writeUIntBE(number, index * BYTES, BYTES));
  return { customers: bytes.toString('base64') };
}

function unpack(sets: readonly PartValue[]): Float64Array {
  const bytes = Buffer.concat(
    sets.map(({ customers }) => Buffer.from(String(customers ?? ''), 'base64')),
  );
  return Float64Array.from({ length: bytes.length / BYTES }, (_, index) =>
    bytes.readUIntBE(index * BYTES, BYTES),
  );
}
