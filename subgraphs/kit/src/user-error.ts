import { Directive, Field, ObjectType } from 'type-graphql';
import type { Problem } from './errors.ts';

@Directive('@shareable')
@ObjectType({
  description:
    'What the caller can put right. Faults of the system and missing rights are GraphQL errors instead.',
})
export class UserError implements Problem {
  @Field(() => String, {
    description: 'UPPER_SNAKE, stable: INSUFFICIENT_FUNDS, OUT_OF_STOCK, VERSION_CONFLICT, …',
  })
  code!: string;

  @Field(() => String, { description: 'For people to read.' })
  message!: string;

  @Field(() => [String], { nullable: true, description: 'The path in the input.' })
  field!: readonly string[] | null;
}

/** What every payload has that can be refused. */
@ObjectType({ description: 'The answer to a mutation.' })
export abstract class Payload {
  @Field(() => [UserError], { description: 'Empty when it was done.' })
  userErrors: readonly Problem[] = [];
}
