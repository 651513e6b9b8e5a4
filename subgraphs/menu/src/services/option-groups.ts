import {
  currencyScale,
  problem,
  readMoney,
  Refusal,
  refused,
  type Ids,
  type Money,
  type MoneyInput,
  type Problem,
} from '@crema/kit';
import type { OptionGroupInput, OptionInput } from '../inputs/option-group-input.ts';
import type { OptionData, OptionGroupData } from '../types/option-group.ts';

const MOST = 10_000;

/** A price from 0 to 10,000; a price's difference may be as far below nothing. */
export function readPrice(
  input: MoneyInput,
  field: readonly string[],
  { currency, isDelta = false }: { currency?: string; isDelta?: boolean } = {},
): Money {
  const most = MOST * 10 ** currencyScale(input.currencyCode);
  return readMoney(input, {
    field,
    least: isDelta ? -most : 0,
    most,
    ...(currency !== undefined && { currency }),
  });
}

/** What is needed to read the option groups of one product. */
export interface OptionGroupRules {
  readonly currency: string;
  /** As they were: groups and options of equal names keep their ids. */
  readonly known: readonly OptionGroupData[];
  readonly ids: Ids;
}

/** Reads the option groups of a product; refuses with everything that is wrong with them. */
export function readOptionGroups(
  inputs: readonly OptionGroupInput[],
  { currency, known, ids }: OptionGroupRules,
): OptionGroupData[] {
  const problems: Problem[] = [];
  problems.push(...duplicates(inputs, ['optionGroups']));
  const groups = inputs.map((input, index) => {
    const field = ['optionGroups', String(index)];
    const before = namedAs(known, input);
    problems.push(...problemsOfGroup(input, field));
    return {
      id: before?.id ?? ids.next(),
      name: input.name.trim(),
      min: input.min,
      max: input.max,
      options: input.options.map((option, at) => {
        const optionField = [...field, 'options', String(at), 'priceDelta'];
        return readOption(option, namedAs(before?.options ?? [], option)?.id ?? ids.next(), () =>
          collecting(problems, () =>
            readPrice(option.priceDelta, optionField, { currency, isDelta: true }),
          ),
        );
      }),
    };
  });
  if (problems.length > 0) throw new Refusal(problems);
  return groups;
}

const readOption = (
  { name, isDefault }: OptionInput,
  id: string,
  read: () => Money | null,
): OptionData => ({
  id,
  name: name.trim(),
  priceDelta: read()?.toValue() ?? { minor: 0, currency: '' },
  isDefault: isDefault ?? false,
});

function problemsOfGroup(input: OptionGroupInput, field: readonly string[]): Problem[] {
  const { min, max, options } = input;
  const problems = duplicates(options, [...field, 'options']);
  if (min < 0 || min > max) {
    const message = 'min must be from 0 to max.';
    problems.push(problem('INVALID_CHOICE', message, [...field, 'min']));
  }
  if (max < 1 || max > options.length) {
    const message = 'max must be from 1 to the number of options.';
    problems.push(problem('INVALID_CHOICE', message, [...field, 'max']));
  }
  if (options.filter(({ isDefault }) => isDefault).length > max) {
    const message = 'No more than max options may be chosen beforehand.';
    problems.push(problem('TOO_MANY_DEFAULTS', message, [...field, 'options']));
  }
  return problems;
}

interface Named {
  readonly name: string;
}

/** Names are equal whatever their case and the space around them. */
export const sameName = (a: Named, b: Named): boolean =>
  a.name.trim().toLowerCase() === b.name.trim().toLowerCase();

const namedAs = <Each extends Named>(all: readonly Each[], one: Named): Each | undefined =>
  all.find((each) => sameName(each, one));

const duplicates = (all: readonly Named[], field: readonly string[]): Problem[] =>
  all.flatMap((each, index) =>
    all.slice(0, index).some((earlier) => sameName(earlier, each))
      ? [problem('DUPLICATE_NAME', 'This name stands twice.', [...field, String(index), 'name'])]
      : [],
  );

function collecting<Result>(problems: Problem[], read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/** The least that a customer's choice can add to the price. */
export function leastExtra(groups: readonly OptionGroupData[]): number {
  const extras = groups.map(({ min, max, options }) =>
    options
      .map(({ priceDelta }) => priceDelta.minor)
      .sort((a, b) => a - b)
      .slice(0, max)
      .filter((minor, index) => index < min || minor < 0)
      .reduce((sum, minor) => sum + minor, 0),
  );
  return extras.reduce((sum, minor) => sum + minor, 0);
}

/** No choice may make anything cost less than nothing. */
export function requireNoNegativePrice(
  priceMinor: number,
  groups: readonly OptionGroupData[],
  field: readonly string[],
): void {
  if (priceMinor + leastExtra(groups) >= 0) return;
  const message = 'With some choice of options the price would be less than nothing.';
  throw refused('NEGATIVE_PRICE', message, field);
}
