import { KeyColumn, StringColumn } from '@crema/kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { Unit } from '../types/unit.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that products are made of, or that is sold as it is.' })
@Entity('ingredients')
export class Ingredient {
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  @Field(() => String, { description: 'What people call it.' })
  @StringColumn(100)
  name!: string;

  /** The name as it is looked for and compared: no two ingredients share one. */
  @StringColumn(100, { name: 'name_key' })
  nameKey!: string;

  @Field(() => Unit, { description: 'What its quantities are measured in.' })
  @StringColumn(20)
  unit!: Unit;

  static of(id: string, name: string, unit: Unit): Ingredient {
    return Object.assign(new Ingredient(), { id, name, nameKey: nameKeyOf(name), unit });
  }
}

/** Equal for names that people take for the same. */
export const nameKeyOf = (name: string): string =>
  name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
