import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { DateTime as LuxonDateTime } from 'luxon';

function scalar<Value>(
  name: string,
  description: string,
  read: (text: string) => Value | null,
  write: (value: unknown) => string,
): GraphQLScalarType<Value, string> {
  const refusal = (given: string, nodes?: ValueNode): GraphQLError =>
    new GraphQLError(`${given} is no ${name}. ${description}`, {
      ...(nodes && { nodes }),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  const parse = (value: unknown, node?: ValueNode): Value => {
    const parsed = typeof value === 'string' ? read(value) : null;
    if (parsed === null) throw refusal(JSON.stringify(value), node);
    return parsed;
  };
  return new GraphQLScalarType<Value, string>({
    name,
    description,
    serialize: write,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => {
      if (node.kind === Kind.STRING) return parse(node.value, node);
      throw refusal(`${print(node)} is not in quotation marks, and so`, node);
    },
  });
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

export const DateTime = scalar(
  'DateTime',
  'ISO 8601 instant, UTC, milliseconds: 2026-01-31T08:15:00.000Z.',
  (text) => {
    const instant = LuxonDateTime.fromISO(text);
    return INSTANT.test(text) && instant.isValid ? instant.toJSDate() : null;
  },
  (value) => (value instanceof Date ? value.toISOString() : String(value)),
);

export const CalendarDate = scalar(
  'Date',
  'ISO 8601 calendar day: 2026-01-31.',
  (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && LuxonDateTime.fromISO(text).isValid ? text : null),
  String,
);

export const LocalTime = scalar(
  'LocalTime',
  '24-hour wall-clock time: 07:30.',
  (text) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : null),
  String,
);

export const Decimal = scalar(
  'Decimal',
  'A decimal number as a string, never a float: "4.25".',
  (text) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? text : null),
  String,
);

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const CurrencyCode = scalar(
  'CurrencyCode',
  'ISO 4217, three letters.',
  (text) => (currencies.has(text) ? text : null),
  String,
);
