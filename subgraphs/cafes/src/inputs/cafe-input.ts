import { CurrencyCode, Decimal } from '@crema/kit';
import { Matches, MaxLength, ValidateNested } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { AddressInput } from './address-input.ts';
import { GeoPointInput } from './geo-point-input.ts';
import { IsTaxRate, IsTimeZoneName, Line } from './rules.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const phoneRule = { message: 'phone must be in the form of E.164, such as +12125550100' };

@InputType({ description: 'A new café.' })
export class CafeInput {
  @Field(() => String, { description: 'Lower-case letters, digits and hyphens; unique.' })
  @MaxLength(60)
  @Matches(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
    message: 'slug must consist of lower-case letters, digits and single hyphens between them',
  })
  slug!: string;

  @Field(() => String, { description: 'Its name, 1 to 100 characters.' })
  @Line(100)
  name!: string;

  @Field(() => String, { nullable: true, description: 'E.164: +12125550100.' })
  @Matches(E164, phoneRule)
  phone?: string | null;

  @Field(() => AddressInput, { description: 'Where it is, for people.' })
  @ValidateNested()
  address!: AddressInput;

  @Field(() => GeoPointInput, { description: 'Where it is, for maps.' })
  @ValidateNested()
  location!: GeoPointInput;

  @Field(() => String, { description: 'IANA name, e.g. America/New_York.' })
  @IsTimeZoneName()
  timeZone!: string;

  @Field(() => CurrencyCode, { description: 'What it charges in.' })
  currencyCode!: string;

  @Field(() => Decimal, { description: 'Percent, e.g. "8.875"; at most 3 decimal places.' })
  @IsTaxRate()
  taxRate!: string;
}

@InputType({ description: 'What is left out stays as it is.' })
export class UpdateCafeInput {
  @Field(() => String, { nullable: true, description: 'Its name, 1 to 100 characters.' })
  @Line(100)
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'E.164; null removes it.' })
  @Matches(E164, phoneRule)
  phone?: string | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is, for people.' })
  @ValidateNested()
  address?: AddressInput | null;

  @Field(() => GeoPointInput, { nullable: true, description: 'Where it is, for maps.' })
  @ValidateNested()
  location?: GeoPointInput | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Percent, e.g. "8.875"; at most 3 decimal places.',
  })
  @IsTaxRate()
  taxRate?: string | null;
}
