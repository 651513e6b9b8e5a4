import { readFileSync } from 'node:fs';
import { currencyScale, isTimeZone, parseDecimal } from '@crema/kit';
import { parse } from 'yaml';
import { z } from 'zod';
import { ImportError } from './import-error.ts';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be blank')
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line');

const timeZone = z
  .string()
  .refine(isTimeZone, 'must be a name of the IANA time zone database, such as America/New_York');

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be three capital letters of ISO 4217')
  .refine((code) => /^[A-Z]{3}$/.test(code) && currencyScale(code) >= 2, {
    message: 'must be a currency with two decimals',
  });

const taxRate = z.string().refine((text) => {
  const milli = parseDecimal(text, 3);
  return milli !== null && milli >= 0 && milli <= 100_000;
}, 'must be a percentage in quotation marks, such as "8.875"');

const address = z.strictObject({
  street: line(200),
  city: line(100),
  region: line(100).nullable().default(null),
  postalCode: line(20).nullable().default(null),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters of ISO 3166-1'),
});

const location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

const newStore = z
  .strictObject({
    name: line(100),
    slug: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      .max(60),
    phone: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be as +12125550100'),
    address,
    location,
    timeZone,
    currency,
    taxRate,
  })
  .partial();

const newProduct = z.strictObject({ name: line(100), category: line(80) }).partial();

const shape = z.strictObject({
  /** What the other system is called; its transactions are its own. */
  source: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and hyphens')
    .max(15)
    .default('pos'),
  /** What a café is like that is opened for a store. */
  newCafes: z
    .strictObject({
      timeZone: timeZone.default('America/New_York'),
      currency: currency.default('USD'),
      taxRate: taxRate.default('0'),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be two capital letters of ISO 3166-1')
        .default('US'),
    })
    .prefault({}),
  stores: z
    .record(z.string(), z.union([z.strictObject({ cafe: z.string() }), newStore]))
    .default({}),
  products: z
    .record(z.string(), z.union([z.strictObject({ product: z.string() }), newProduct]))
    .default({}),
});

/** How stores and products of the file become cafés and products here, as far as names do not tell. */
export type Mapping = z.output<typeof shape>;

export type NewStore = z.output<typeof newStore>;
export type NewProduct = z.output<typeof newProduct>;

/** Reads a mapping file (YAML); without one, names alone tell. Throws ImportError with everything that is wrong. */
export function readMapping(path: string | undefined): Mapping {
  if (path === undefined) return shape.parse({});
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ImportError(`There is no mapping file ${path}.`);
    throw new ImportError(`${path}: ${message}`);
  }
  const { data, error } = shape.safeParse(value);
  if (data) return data;
  const problems = error.issues.flatMap((issue) => problemsOf(issue, []));
  throw new ImportError([...new Set(problems)].map((problem) => `${path}: ${problem}`).join('\n'));
}

function problemsOf(issue: z.core.$ZodIssue, before: readonly PropertyKey[]): string[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'invalid_union') {
    // The last alternative is the longer one: what it says is what people mean.
    return (issue.errors.at(-1) ?? []).flatMap((each) => problemsOf(each, path));
  }
  return [`${path.map(String).join('.') || 'the file'}: ${issue.message}`];
}
