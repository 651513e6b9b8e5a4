import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Somebody with an account; here, with a wallet.' })
export class User {
  @Field(() => ID, { description: 'Identifies the user.' })
  id!: string;

  static of = (id: string): User => Object.assign(new User(), { id });
}
