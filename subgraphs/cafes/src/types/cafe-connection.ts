import { connectionType, edgeType, type Connection } from '@crema/kit';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Cafe } from '../entities/cafe.ts';

@ObjectType({ description: 'One café of the list.' })
export class CafeEdge extends edgeType('Cafe', () => Cafe) {
  @Field(() => Float, {
    nullable: true,
    description: 'How far it is from `near`, as the crow flies; null without `near`.',
  })
  distanceKm!: number | null;
}

@ObjectType({ description: 'A page of cafés.' })
export class CafeConnection extends connectionType('Cafe', () => Cafe, CafeEdge) {
  @Field(() => Int, { description: 'How many cafés the whole list has.' })
  totalCount!: number | (() => Promise<number>);
}

/** What the services hand to `CafeConnection`. */
export interface CafePage extends Connection<Cafe> {
  edges: CafeEdge[];
  totalCount: number | (() => Promise<number>);
}
