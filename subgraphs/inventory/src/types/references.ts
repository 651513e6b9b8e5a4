import { Directive, Field, ID, ObjectType } from 'type-graphql';

/*
 * What other subgraphs own and this one refers to by id. Cafés and products are given fields here, orders
 * and users are only named.
 */

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A place that sells.' })
export class Cafe {
  @Field(() => ID, { description: 'Its identifier.' })
  id!: string;

  static of = (id: string): Cafe => Object.assign(new Cafe(), { id });
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that is sold.' })
export class Product {
  @Field(() => ID, { description: 'Its identifier.' })
  id!: string;

  static of = (id: string): Product => Object.assign(new Product(), { id });
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'What a customer ordered.' })
export class Order {
  @Field(() => ID, { description: 'Its identifier.' })
  id!: string;

  static of = (id: string): Order => Object.assign(new Order(), { id });
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A person with an account.' })
export class User {
  @Field(() => ID, { description: 'Its identifier.' })
  id!: string;

  static of = (id: string): User => Object.assign(new User(), { id });
}
