import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'An order at a café.' })
export class Order {
  @Field(() => ID, { description: 'Identifies the order.' })
  id!: string;

  static of = (id: string): Order => Object.assign(new Order(), { id });
}
