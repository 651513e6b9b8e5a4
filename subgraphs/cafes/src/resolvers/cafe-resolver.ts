import {
  DateTime,
  isOpen,
  nextOpening,
  readPage,
  type Clock,
  type Context,
  type Loader,
} from '@crema/kit';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  Float,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Cafe } from '../entities/cafe.ts';
import { GeoPointInput } from '../inputs/geo-point-input.ts';
import type { CafeDirectory } from '../services/cafe-directory.ts';
import { CafeConnection, type CafePage } from '../types/cafe-connection.ts';

@Resolver(() => Cafe)
export class CafeResolver {
  constructor(
    private readonly directory: CafeDirectory,
    private readonly byId: Loader<Cafe | null>,
    private readonly clock: Clock,
  ) {}

  @Query(() => Cafe, { nullable: true, description: 'The café of this id, if there is one.' })
  cafe(
    @Arg('id', () => ID, { description: 'Which café.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Cafe | null> {
    return loaders.load(this.byId, id);
  }

  @Query(() => Cafe, { nullable: true, description: 'The café of this slug, if there is one.' })
  cafeBySlug(
    @Arg('slug', () => String, { description: 'Its name in addresses.' }) slug: string,
  ): Promise<Cafe | null> {
    return this.directory.bySlug(slug);
  }

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Query(() => CafeConnection, {
    description: 'Nearest first when near is given; by name otherwise.',
  })
  cafes(
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 20,
      description: 'How many at most, 1 to 100.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor after which the page begins.',
    })
    after: string | null | undefined,
    @Arg('near', () => GeoPointInput, { nullable: true, description: 'From where to look.' })
    near: GeoPointInput | null | undefined,
    @Arg('radiusKm', () => Float, {
      nullable: true,
      description: 'None further away than this; needs near.',
    })
    radiusKm: number | null | undefined,
    @Arg('openNow', () => Boolean, {
      nullable: true,
      description: 'True: only those that are open at this instant.',
    })
    openNow: boolean | null | undefined,
  ): Promise<CafePage> {
    return this.directory.list(readPage(first, after), { near, radiusKm, openNow });
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is open, by its hours.' })
  isOpen(
    @Root() cafe: Cafe,
    @Arg('at', () => DateTime, { nullable: true, description: 'When; now, unless told.' })
    at: Date | null | undefined,
  ): boolean {
    return isOpen(cafe.hours, at ?? this.clock.now());
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it takes orders now: it is open and not paused.',
  })
  acceptsOrders(@Root() cafe: Cafe): boolean {
    return cafe.orderingPausedReason === null && isOpen(cafe.hours, this.clock.now());
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When it opens again; null while it is open, and when no opening is in sight.',
  })
  nextOpening(@Root() cafe: Cafe): Date | null {
    const now = this.clock.now();
    return isOpen(cafe.hours, now) ? null : nextOpening(cafe.hours, now);
  }
}
