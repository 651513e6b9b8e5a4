import { Column, PrimaryColumn, type ColumnOptions, type ValueTransformer } from 'typeorm';

/*
 * The column kinds that mean the same on SQLite, MySQL and PostgreSQL. Each has its counterpart for
 * migrations in `migration.ts`.
 */

/** Drivers hand 64-bit integers out as numbers or as strings; here they are safe integers, or it fails. */
const safeInteger: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: number | string | null) => {
    if (value === null) return null;
    const integer = Number(value);
    if (!Number.isSafeInteger(integer)) throw new RangeError(`${value} is no safe integer`);
    return integer;
  },
};

const epochMilliseconds: ValueTransformer = {
  to: (value: Date | null | undefined) => (value instanceof Date ? value.getTime() : value),
  from: (value: number | string | null) => (value === null ? null : new Date(Number(value))),
};

type Options = Pick<ColumnOptions, 'nullable' | 'name'>;

/** A UUID or another short identifier; the primary key. */
export const KeyColumn = (): PropertyDecorator => PrimaryColumn({ type: 'varchar', length: 64 });

/** Another row's or subgraph's identifier. */
export const IdColumn = (options: Options = {}): PropertyDecorator =>
  Column({ type: 'varchar', length: 64, ...options });

/** Text of at most `length` characters. */
export const StringColumn = (length: number, options: Options = {}): PropertyDecorator =>
  Column({ type: 'varchar', length, ...options });

/** Text without a limit; not for indexes. */
export const TextColumn = (options: Options = {}): PropertyDecorator =>
  Column({ type: 'text', ...options });

/** A 32-bit integer. */
export const IntColumn = (options: Options = {}): PropertyDecorator =>
  Column({ type: 'int', ...options });

/** A 64-bit integer within JavaScript's safe range: minor units of money, milli-units of stock, positions. */
export const BigIntColumn = (options: Options = {}): PropertyDecorator =>
  Column({ type: 'bigint', transformer: safeInteger, ...options });

/** A truth, kept as 0 or 1. */
export const BooleanColumn = (options: Options = {}): PropertyDecorator =>
  Column({
    type: 'int',
    transformer: {
      to: (value: boolean | null | undefined) =>
        typeof value === 'boolean' ? Number(value) : value,
      from: (value: number | null) => (value === null ? null : value === 1),
    },
    ...options,
  });

/** An instant in UTC, kept as milliseconds since 1970, so that no driver's time zone touches it. */
export const InstantColumn = (options: Options = {}): PropertyDecorator =>
  Column({ type: 'bigint', transformer: epochMilliseconds, ...options });

/** Any JSON value; never searched. */
export const JsonColumn = (options: Options = {}): PropertyDecorator =>
  Column({ type: 'simple-json', ...options });
