import { CalendarDate, LocalTime } from '@crema/kit';
import { Field, InputType } from 'type-graphql';
import { Weekday } from '../types/weekday.ts';

@InputType({ description: 'Local times, HH:mm; closes may lie past midnight.' })
export class OpeningHoursInput {
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

@InputType({ description: 'A day that differs from the week; without times it is closed all day.' })
export class SpecialHoursInput {
  @Field(() => CalendarDate, { description: 'Which day.' })
  date!: string;

  @Field(() => LocalTime, { nullable: true, description: 'From when it is open.' })
  opens?: string | null;

  @Field(() => LocalTime, { nullable: true, description: 'Until when.' })
  closes?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, for customers; 1 to 200 characters.' })
  reason?: string | null;
}
