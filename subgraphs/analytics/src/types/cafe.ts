import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A café; the cafes subgraph knows it.' })
export class Cafe {
  @Field(() => ID, { description: 'Identifies the café.' })
  id!: string;
}
