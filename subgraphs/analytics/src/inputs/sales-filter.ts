import { CalendarDate } from '@crema/kit';
import { MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

@InputType({
  description:
    "from and to are business days in the café's time zone, both included. Where cafés of several currencies are in range, cafeId is required.",
})
export class SalesFilter {
  @Field(() => CalendarDate, { description: 'The first day.' })
  from!: string;

  @Field(() => CalendarDate, { description: 'The last day, at most five years later.' })
  to!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'One café; without it, all that the caller works at.',
  })
  @MaxLength(100)
  cafeId?: string | null;
}
