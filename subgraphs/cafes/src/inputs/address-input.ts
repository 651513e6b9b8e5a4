import { Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { Line } from './rules.ts';

@InputType({ description: 'A postal address.' })
export class AddressInput {
  @Field(() => String, { description: 'House number and street.' })
  @Line(200)
  street!: string;

  @Field(() => String, { description: 'The city or town.' })
  @Line(100)
  city!: string;

  @Field(() => String, { nullable: true, description: 'State, province or canton.' })
  @Line(100)
  region?: string | null;

  @Field(() => String, { nullable: true, description: 'ZIP or postal code.' })
  @Line(20)
  postalCode?: string | null;

  @Field(() => String, { description: 'ISO 3166-1, two letters: US.' })
  @Matches(/^[A-Z]{2}$/, { message: 'country must be two capital letters of ISO 3166-1' })
  country!: string;
}
