import { registerEnumType } from 'type-graphql';

export enum SalesInterval {
  HOUR = 'HOUR',
  DAY = 'DAY',
  WEEK = 'WEEK',
  MONTH = 'MONTH',
}

registerEnumType(SalesInterval, {
  name: 'SalesInterval',
  description: 'What one point of a series stands for.',
  valuesConfig: {
    HOUR: { description: 'An hour; the day on which clocks go back has 25.' },
    DAY: { description: 'A business day.' },
    WEEK: { description: 'A week from Monday on.' },
    MONTH: { description: 'A calendar month.' },
  },
});
