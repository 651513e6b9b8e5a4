import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A postal address.' })
export class Address {
  @Field(() => String, { description: 'House number and street.' })
  street!: string;

  @Field(() => String, { description: 'The city or town.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'State, province or canton.' })
  region!: string | null;

  @Field(() => String, { nullable: true, description: 'ZIP or postal code.' })
  postalCode!: string | null;

  @Field(() => String, { description: 'ISO 3166-1, two letters: US.' })
  country!: string;
}
