import { CalendarDate, LocalTime, type SpecialDay } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'A day that differs from the week; without times it is closed all day.',
})
export class SpecialHours implements SpecialDay {
  @Field(() => CalendarDate, { description: 'Which day.' })
  date!: string;

  @Field(() => LocalTime, { nullable: true, description: 'From when it is open; null: closed.' })
  opens!: string | null;

  @Field(() => LocalTime, { nullable: true, description: 'Until when; null: closed.' })
  closes!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, for customers: "Thanksgiving".' })
  reason!: string | null;
}
