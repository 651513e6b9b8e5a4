import { LocalTime, type WeeklyHours } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { Weekday } from './weekday.ts';

@ObjectType({ description: 'Local times, HH:mm; closes may lie past midnight.' })
export class OpeningHours implements WeeklyHours {
  @Field(() => Weekday, { description: 'The day on which it opens.' })
  day!: Weekday;

  @Field(() => LocalTime, { description: 'From when it is open.' })
  opens!: string;

  @Field(() => LocalTime, {
    description:
      'Until when; at or before `opens` it lies on the next day, and equal times are a whole day.',
  })
  closes!: string;
}
