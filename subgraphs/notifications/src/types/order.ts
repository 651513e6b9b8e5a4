import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'An order; the orders subgraph knows it.' })
export class Order {
  @Field(() => ID, { description: 'Identifies the order.' })
  id!: string;
}
