import { DateTime, type Document } from '@crema/kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { Channel } from './channel.ts';
import { outgoingMessageSchema, type OutgoingMessage } from './delivery.ts';
import { NotificationKind } from './notification-kind.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that somebody was told.' })
export class Notification implements Document {
  @Field(() => ID, { description: 'Identifies the notification.' })
  id!: string;

  @Field(() => NotificationKind, { description: 'What it is about.' })
  kind!: NotificationKind;

  @Field(() => String, { description: 'One line.' })
  title!: string;

  @Field(() => String, { description: 'The whole text.' })
  body!: string;

  @Field(() => DateTime, { description: 'When it came.' })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was read; null while unread.' })
  readAt!: string | null;

  /** What its text is written in, BCP 47; null while its reader's language was not known. */
  locale?: string | null;
  userId!: string;
  orderId!: string | null;
  /** Whether it stands in the list in the app. */
  isListed!: boolean;
  /** Decided once, when it comes: preferences and contacts that change later change nothing about it. */
  channels!: readonly Channel[];
  muted!: readonly Channel[];

  email!: OutgoingMessage | null;
  sms!: OutgoingMessage | null;
  /** When to try next; null when it has ended or there is none. */
  emailDueAt!: string | null;
  smsDueAt!: string | null;
}

export const notificationSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(NotificationKind),
  title: z.string(),
  body: z.string(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
  // Missing in what was kept before there were languages.
  locale: z.string().nullable().optional(),
  userId: z.string(),
  orderId: z.string().nullable(),
  isListed: z.boolean(),
  channels: z.array(z.enum(Channel)).readonly(),
  muted: z.array(z.enum(Channel)).readonly(),
  email: outgoingMessageSchema.nullable(),
  sms: outgoingMessageSchema.nullable(),
  emailDueAt: z.string().nullable(),
  smsDueAt: z.string().nullable(),
});
