import { Length } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { Unit } from '../types/unit.ts';

@InputType({ description: 'A new ingredient.' })
export class IngredientInput {
  @Field(() => String, { description: 'What people call it; no two have the same name.' })
  @Length(1, 100)
  name!: string;

  @Field(() => Unit, { description: 'What its quantities are measured in.' })
  unit!: Unit;
}
