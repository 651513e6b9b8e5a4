import { DateTime } from '@crema/kit';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { z } from 'zod';
import { Channel } from './channel.ts';

export enum DeliveryStatus {
  PENDING = 'PENDING',
  SENT = 'SENT',
  FAILED = 'FAILED',
  SUPPRESSED = 'SUPPRESSED',
}

registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'How far a notification got on one channel.',
  valuesConfig: {
    PENDING: { description: 'On its way, or to be tried again.' },
    SENT: { description: 'The channel took it.' },
    FAILED: { description: 'Given up, or it came back.' },
    SUPPRESSED: {
      description:
        'Not sent: the preferences leave this channel out, or messages to the address came back.',
    },
  },
});

@ObjectType({ description: 'A notification on its way through one channel.' })
export class Delivery {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;

  @Field(() => DeliveryStatus, { description: 'How far it got.' })
  status!: DeliveryStatus;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => DateTime, {
    description: 'Since when it has this status; the last try while it is pending.',
  })
  at!: string;

  @Field(() => String, { nullable: true, description: 'Why the last try failed.' })
  error!: string | null;
}

export type OutgoingChannel = Channel.EMAIL | Channel.SMS;

/**
 * A message that leaves Crema, kept with its notification. What ends where it begins, in the app or muted, is none.
 */
export interface OutgoingMessage extends Readonly<Delivery> {
  readonly channel: OutgoingChannel;
  /** A provider has it now, or had it when the process died. */
  readonly isUnderWay: boolean;
  /** A one-time code, readable only with the secret; null once it has ended, and for all other kinds. */
  readonly sealedCode: string | null;
  readonly expiresAt: string | null;
}

export const outgoingMessageSchema = z.strictObject({
  channel: z.enum([Channel.EMAIL, Channel.SMS]),
  status: z.enum(DeliveryStatus),
  attempts: z.int(),
  at: z.string(),
  error: z.string().nullable(),
  isUnderWay: z.boolean(),
  sealedCode: z.string().nullable(),
  expiresAt: z.string().nullable(),
});
