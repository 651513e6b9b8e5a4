import {
  CurrencyCode,
  Decimal,
  formatDecimal,
  IntColumn,
  JsonColumn,
  KeyColumn,
  StringColumn,
  type BusinessHours,
} from '@crema/kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { Address } from '../types/address.ts';
import { GeoPoint } from '../types/geo-point.ts';
import { OpeningHours } from '../types/opening-hours.ts';
import { SpecialHours } from '../types/special-hours.ts';

/** Decimal places of a tax rate in percent. */
export const TAX_RATE_SCALE = 3;

/** Degrees are kept as whole millionths: 11 cm, and the same on every database. */
export const toMicroDegrees = (degrees: number): number => Math.round(degrees * 1e6);

@Directive('@key(fields: "id")')
@Directive('@cacheTag(format: "cafe-{$key.id}")')
@ObjectType({
  description: 'A coffee shop: where it is, when it is open, whether it takes orders.',
})
@Entity('cafes')
export class Cafe {
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  @Field(() => String, { description: 'Its name in addresses: lower case, hyphens; unique.' })
  @StringColumn(60)
  slug!: string;

  @Field(() => String, { description: 'Its name.' })
  @StringColumn(100)
  name!: string;

  @Field(() => String, { nullable: true, description: 'E.164: +12125550100.' })
  @StringColumn(20, { nullable: true })
  phone!: string | null;

  @Field(() => Address, { description: 'Where it is, for people.' })
  @JsonColumn()
  address!: Address;

  @IntColumn({ name: 'latitude_e6' })
  latitudeE6!: number;

  @IntColumn({ name: 'longitude_e6' })
  longitudeE6!: number;

  @Field(() => String, { description: 'IANA name, e.g. America/New_York.' })
  @StringColumn(64, { name: 'time_zone' })
  timeZone!: string;

  @Field(() => CurrencyCode, { description: 'What it charges in.' })
  @StringColumn(3, { name: 'currency' })
  currencyCode!: string;

  /** Thousandths of a per cent. */
  @IntColumn({ name: 'tax_rate_milli' })
  taxRateMilli!: number;

  @Field(() => [OpeningHours], { description: 'The weekly hours, in local time.' })
  @JsonColumn({ name: 'opening_hours' })
  openingHours!: OpeningHours[];

  @Field(() => [SpecialHours], { description: 'Days that differ from the weekly hours.' })
  @JsonColumn({ name: 'special_hours' })
  specialHours!: SpecialHours[];

  @Field(() => String, {
    nullable: true,
    description: 'Why orders are not taken now, or null when they are.',
  })
  @StringColumn(200, { name: 'ordering_paused_reason', nullable: true })
  orderingPausedReason!: string | null;

  @Field(() => GeoPoint, { description: 'Where it is, for maps.' })
  get location(): GeoPoint {
    return { latitude: this.latitudeE6 / 1e6, longitude: this.longitudeE6 / 1e6 };
  }

  @Field(() => Decimal, { description: 'Percent, e.g. "8.875".' })
  get taxRate(): string {
    return formatDecimal(this.taxRateMilli, TAX_RATE_SCALE);
  }

  get hours(): BusinessHours {
    return { timeZone: this.timeZone, weekly: this.openingHours, special: this.specialHours };
  }
}
