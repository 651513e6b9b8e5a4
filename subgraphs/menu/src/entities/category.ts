import { IntColumn, KeyColumn, StringColumn } from '@crema/kit';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A section of the menu.' })
@Entity('categories')
export class Category {
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  @Field(() => String, { description: 'Its name; unique.' })
  @StringColumn(80)
  name!: string;

  @Field(() => Int, { description: 'Where it stands on the menu, from the lowest.' })
  @IntColumn()
  position!: number;
}
