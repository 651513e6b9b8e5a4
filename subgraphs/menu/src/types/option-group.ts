import { Money, type MoneyValue } from '@crema/kit';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One of the choices of a group.' })
export class Option {
  @Field(() => ID, { description: 'Its identifier.' })
  readonly id: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name: string;

  @Field(() => Money, { description: "What it adds to the product's price." })
  readonly priceDelta: Money;

  @Field(() => Boolean, { description: 'Whether it is chosen unless the customer says otherwise.' })
  readonly isDefault: boolean;

  constructor({ id, name, priceDelta, isDefault }: OptionData) {
    this.id = id;
    this.name = name;
    this.priceDelta = Money.from(priceDelta);
    this.isDefault = isDefault;
  }
}

@ObjectType({
  description: 'Size, milk, extras: the customer chooses from min to max of the options.',
})
export class OptionGroup {
  @Field(() => ID, { description: 'Its identifier.' })
  readonly id: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name: string;

  @Field(() => Int, { description: 'How many options must be chosen.' })
  readonly min: number;

  @Field(() => Int, { description: 'How many options may be chosen.' })
  readonly max: number;

  @Field(() => [Option], { description: 'What there is to choose from.' })
  readonly options: readonly Option[];

  constructor({ id, name, min, max, options }: OptionGroupData) {
    this.id = id;
    this.name = name;
    this.min = min;
    this.max = max;
    this.options = options.map((option) => new Option(option));
  }
}

/** As they are stored with their product and carried by events. */
export interface OptionData {
  readonly id: string;
  readonly name: string;
  readonly priceDelta: MoneyValue;
  readonly isDefault: boolean;
}

export interface OptionGroupData {
  readonly id: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly options: readonly OptionData[];
}
