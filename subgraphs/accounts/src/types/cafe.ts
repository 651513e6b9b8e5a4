import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A café, known here by its id alone.' })
export class Cafe {
  @Field(() => ID, { description: 'Stays for ever.' })
  id!: string;
}
