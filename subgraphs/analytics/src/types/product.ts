import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A product; the menu subgraph knows it.' })
export class Product {
  @Field(() => ID, { description: 'Identifies the product.' })
  id!: string;
}
