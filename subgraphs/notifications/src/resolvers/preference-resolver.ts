import { Refusal, type Context, type Problem } from '@crema/kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { Channel } from '../entities/channel.ts';
import { NotificationKind } from '../entities/notification-kind.ts';
import type { Preferences } from '../services/preferences.ts';
import { NotificationPreferencePayload } from '../types/payloads.ts';

@Resolver()
export class PreferenceResolver {
  constructor(private readonly preferences: Preferences) {}

  @Directive('@authenticated')
  @Mutation(() => NotificationPreferencePayload, {
    description:
      'Chooses the channels of one kind; none mutes it. PASSWORD_RESET cannot be changed.',
  })
  async setNotificationPreference(
    @Arg('kind', () => NotificationKind, { description: 'The kind.' }) kind: NotificationKind,
    @Arg('channels', () => [Channel], { description: 'Each at most once.' }) channels: Channel[],
    @Ctx() { caller }: Context,
  ): Promise<NotificationPreferencePayload> {
    let userErrors: readonly Problem[] = [];
    try {
      await this.preferences.choose(caller, kind, channels);
    } catch (error) {
      // The payload shows the preferences even when nothing was changed.
      if (!(error instanceof Refusal)) throw error;
      userErrors = error.problems;
    }
    return { preferences: await this.preferences.all(caller.requireId()), userErrors };
  }
}
