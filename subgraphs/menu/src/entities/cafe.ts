import { KeyColumn } from '@crema/kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';

/** The cafés that there are, from the events of cafes. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A coffee shop.' })
@Entity('cafes')
export class Cafe {
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  static of(id: string): Cafe {
    return Object.assign(new Cafe(), { id });
  }
}
