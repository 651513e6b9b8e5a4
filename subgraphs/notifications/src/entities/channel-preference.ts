import { Field, ObjectType } from 'type-graphql';
import { Channel } from './channel.ts';
import { NotificationKind } from './notification-kind.ts';

@ObjectType({ description: 'The channels that somebody wants for one kind of notification.' })
export class ChannelPreference {
  @Field(() => NotificationKind, { description: 'The kind.' })
  kind!: NotificationKind;

  @Field(() => [Channel], { description: 'None when the kind is muted.' })
  channels!: readonly Channel[];
}
