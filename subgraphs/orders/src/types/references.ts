import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person, with the orders they placed.' })
export class User {
  @Field(() => ID, { description: 'Their identifier.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A café, with its queue and its pickup times.' })
export class Cafe {
  @Field(() => ID, { description: 'Its identifier.' })
  id!: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'What can be ordered.' })
export class Product {
  @Field(() => ID, { description: 'Its identifier.' })
  id!: string;
}
