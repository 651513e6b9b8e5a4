import { Payload } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { Cafe } from '../entities/cafe.ts';

@ObjectType({ description: 'The café after the change.' })
export class CafePayload extends Payload {
  @Field(() => Cafe, { nullable: true, description: 'The café as it is now; null when refused.' })
  cafe: Cafe | null = null;

  static of(cafe: Cafe): CafePayload {
    return Object.assign(new CafePayload(), { cafe });
  }
}
