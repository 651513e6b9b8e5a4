import type { Connection, Context } from '@crema/kit';
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ChannelPreference } from '../entities/channel-preference.ts';
import type { Notification } from '../entities/notification.ts';
import type { Inbox } from '../services/inbox.ts';
import type { Preferences } from '../services/preferences.ts';
import { NotificationConnection } from '../types/notification-connection.ts';
import { User } from '../types/user.ts';

/** Everything here is null unless the user is the caller. */
@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly inbox: Inbox,
    private readonly preferences: Preferences,
  ) {}

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@authenticated')
  @FieldResolver(() => NotificationConnection, {
    nullable: true,
    description: "What the user was told in the app, newest first; the caller's own only.",
  })
  notifications(
    @Root() { id }: User,
    @Ctx() { caller }: Context,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 20,
      description: 'How many, at most 100.',
    })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last one seen.' })
    after: string | null,
    @Arg('unreadOnly', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Leaves out what was read.',
    })
    unreadOnly: boolean | null,
  ): Promise<Connection<Notification>> | null {
    return caller.is(id) ? this.inbox.list(caller, { first, after, unreadOnly }) : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => Int, {
    nullable: true,
    description: "How many of them are unread; the caller's own only.",
  })
  unreadNotificationCount(
    @Root() { id }: User,
    @Ctx() { caller }: Context,
  ): Promise<number> | null {
    return caller.is(id) ? this.inbox.unreadCount(caller) : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => [ChannelPreference], {
    nullable: true,
    description: "The channels of each kind; the caller's own only.",
  })
  notificationPreferences(
    @Root() { id }: User,
    @Ctx() { caller }: Context,
  ): Promise<ChannelPreference[]> | null {
    return caller.is(id) ? this.preferences.all(id) : null;
  }
}
