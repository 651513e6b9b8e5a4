import type { Caller, Context } from '@crema/kit';
import { refused } from '@crema/kit';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Delivery } from '../entities/delivery.ts';
import { Notification } from '../entities/notification.ts';
import { deliveriesOf } from '../services/deliveries.ts';
import type { Inbox } from '../services/inbox.ts';
import { Order } from '../types/order.ts';
import { MarkNotificationsReadPayload } from '../types/payloads.ts';

@Resolver(() => Notification)
export class NotificationResolver {
  constructor(private readonly inbox: Inbox) {}

  @Directive('@authenticated')
  @Query(() => Notification, {
    nullable: true,
    description: "One of the caller's own notifications; null for any other.",
  })
  notification(
    @Arg('id', () => ID, { description: 'The notification.' }) id: string,
    @Ctx() { caller }: Context,
  ): Promise<Notification | null> {
    return this.inbox.get(caller, id);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order that it is about.' })
  order(@Root() { orderId }: Notification): Order | null {
    return orderId === null ? null : { id: orderId };
  }

  @FieldResolver(() => [Delivery], { description: 'How it fared, channel by channel.' })
  deliveries(@Root() notification: Notification): Delivery[] {
    return deliveriesOf(notification);
  }

  @Directive('@authenticated')
  @Mutation(() => MarkNotificationsReadPayload, {
    description:
      "Marks some or all of the caller's notifications as read: `ids` or `all`, not both.",
  })
  async markNotificationsRead(
    @Arg('ids', () => [ID], { nullable: true, description: 'These, at most 100.' })
    ids: string[] | null,
    @Arg('all', () => Boolean, { nullable: true, description: 'All that are unread.' })
    all: boolean | null,
    @Ctx() { caller }: Context,
  ): Promise<MarkNotificationsReadPayload> {
    await this.mark(caller, ids ?? null, all ?? false);
    return { unreadNotificationCount: await this.inbox.unreadCount(caller) };
  }

  private mark(caller: Caller, ids: readonly string[] | null, all: boolean): Promise<void> {
    if ((ids !== null) === all) {
      throw refused('INVALID_INPUT', 'Say either which ids or all.', ['ids']);
    }
    return ids === null ? this.inbox.markAllRead(caller) : this.inbox.markRead(caller, ids);
  }

  @Directive('@authenticated')
  @Subscription(() => Notification, {
    topics: 'notificationReceived',
    description: "The caller's notifications as they come into the list.",
  })
  notificationReceived(@Root() notification: Notification): Notification {
    return notification;
  }
}
