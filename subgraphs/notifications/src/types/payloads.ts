import { Payload } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';
import { ChannelPreference } from '../entities/channel-preference.ts';

@ObjectType({ description: 'What is left unread.' })
export class MarkNotificationsReadPayload {
  @Field(() => Int, { description: 'How many notifications are still unread.' })
  unreadNotificationCount!: number;
}

@ObjectType({ description: 'The preferences as they are now.' })
export class NotificationPreferencePayload extends Payload {
  @Field(() => [ChannelPreference], { description: 'One for each kind.' })
  preferences!: readonly ChannelPreference[];
}
