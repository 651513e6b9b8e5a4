import { WEEKDAYS } from '@crema/kit';
import { registerEnumType } from 'type-graphql';

export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

const titled = (day: string): string => `${day[0]}${day.slice(1).toLowerCase()}`;

registerEnumType(Weekday, {
  name: 'Weekday',
  description: 'A day of the week.',
  valuesConfig: Object.fromEntries(
    WEEKDAYS.map((day) => [day, { description: `${titled(day)}.` }]),
  ),
});
