import { Max, Min } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';
import { Line } from './rules.ts';

@InputType({ description: 'A new section of the menu.' })
export class CategoryInput {
  @Field(() => String, { description: 'Its name, 1 to 80 characters; unique.' })
  @Line(80)
  name!: string;

  @Field(() => Int, { nullable: true, description: 'Where it stands; last, unless told.' })
  @Min(0)
  @Max(100_000)
  position?: number | null;
}
