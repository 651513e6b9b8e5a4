import type { Context } from '@crema/kit';
import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import { CafeInput, UpdateCafeInput } from '../inputs/cafe-input.ts';
import { OpeningHoursInput, SpecialHoursInput } from '../inputs/opening-hours-input.ts';
import type { CafeService } from '../services/cafe-service.ts';
import type { OpeningHoursService } from '../services/opening-hours-service.ts';
import type { OrderingPause } from '../services/ordering-pause.ts';
import { CafePayload } from '../types/cafe-payload.ts';

@Resolver()
export class CafeMutations {
  constructor(
    private readonly cafes: CafeService,
    private readonly openingHours: OpeningHoursService,
    private readonly ordering: OrderingPause,
  ) {}

  @Directive('@requiresScopes(scopes: [["cafes:write"]])')
  @Mutation(() => CafePayload, {
    description: 'Opens a café; for those who work at all of them. It has no hours yet.',
  })
  async createCafe(
    @Arg('input', () => CafeInput, { description: 'What it is like.' }) input: CafeInput,
    @Ctx() { caller }: Context,
  ): Promise<CafePayload> {
    return CafePayload.of(await this.cafes.create(caller, input));
  }

  @Directive('@requiresScopes(scopes: [["cafes:write"]])')
  @Mutation(() => CafePayload, { description: 'Changes what is known of a café.' })
  async updateCafe(
    @Arg('id', () => ID, { description: 'Which café.' }) id: string,
    @Arg('input', () => UpdateCafeInput, { description: 'What is other than before.' })
    input: UpdateCafeInput,
    @Ctx() { caller }: Context,
  ): Promise<CafePayload> {
    return CafePayload.of(await this.cafes.update(caller, id, input));
  }

  @Directive('@requiresScopes(scopes: [["cafes:write"]])')
  @Mutation(() => CafePayload, {
    description: 'Replaces the weekly hours, and the special days where they are given.',
  })
  async setOpeningHours(
    @Arg('cafeId', () => ID, { description: 'Which café.' }) cafeId: string,
    @Arg('hours', () => [OpeningHoursInput], {
      description: 'The whole week; spans of one day must not overlap.',
    })
    hours: OpeningHoursInput[],
    @Arg('special', () => [SpecialHoursInput], {
      nullable: true,
      description: 'All special days, each once; left out, they stay as they are.',
    })
    special: SpecialHoursInput[] | null | undefined,
    @Ctx() { caller }: Context,
  ): Promise<CafePayload> {
    return CafePayload.of(await this.openingHours.set(caller, cafeId, hours, special));
  }

  @Directive('@requiresScopes(scopes: [["queue:work"]])')
  @Mutation(() => CafePayload, { description: 'Takes no orders until ordering is resumed.' })
  async pauseOrdering(
    @Arg('cafeId', () => ID, { description: 'Which café.' }) cafeId: string,
    @Arg('reason', () => String, {
      description: 'Why; customers see it. 1 to 200 characters.',
    })
    reason: string,
    @Ctx() { caller }: Context,
  ): Promise<CafePayload> {
    return CafePayload.of(await this.ordering.pause(caller, cafeId, reason));
  }

  @Directive('@requiresScopes(scopes: [["queue:work"]])')
  @Mutation(() => CafePayload, { description: 'Takes orders again.' })
  async resumeOrdering(
    @Arg('cafeId', () => ID, { description: 'Which café.' }) cafeId: string,
    @Ctx() { caller }: Context,
  ): Promise<CafePayload> {
    return CafePayload.of(await this.ordering.resume(caller, cafeId));
  }
}
