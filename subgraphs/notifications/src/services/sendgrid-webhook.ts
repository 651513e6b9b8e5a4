import { createPublicKey, createVerify } from 'node:crypto';
import type { HttpRoute } from '@crema/kit';
import { z } from 'zod';
import { Channel } from '../entities/channel.ts';
import type { DeliveryReports } from './delivery-reports.ts';
import {
  headerOf,
  UnreadableError,
  UnsignedError,
  webhook,
  type WebhookRequest,
} from './webhook.ts';

/** https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event: what we read of it. */
const events = z.array(
  z.looseObject({
    event: z.string(),
    email: z.string().optional(),
    /** Of a bounce: `bounce`, or `blocked` for one that may go next time. */
    type: z.string().optional(),
    reason: z.string().optional(),
    /** Our own: the message's id. */
    delivery: z.string().optional(),
  }),
);
type Event = z.output<typeof events>[number];

/** Why SendGrid itself would not send any more. */
const DROPPED_FOR_GOOD = /^(bounced|unsubscribed|spam reporting|invalid)\b/i;

/** What people ask to be left alone with counts as an address that takes no messages. */
function isForGood({ event, type, reason = '' }: Event): boolean {
  switch (event) {
    case 'bounce':
      return type !== 'blocked';
    case 'dropped':
      return DROPPED_FOR_GOOD.test(reason);
    case 'spamreport':
    case 'unsubscribe':
      return true;
    default:
      return false;
  }
}

/** SendGrid's event webhook, signed by ECDSA. `key` is its verification key: base64 of the DER of a public key. */
export function sendGridWebhook(key: string, reports: DeliveryReports): HttpRoute {
  const publicKey = createPublicKey({
    key: Buffer.from(key, 'base64'),
    format: 'der',
    type: 'spki',
  });
  const isSigned = ({ headers, body }: WebhookRequest): boolean => {
    const signature = headerOf(headers, 'x-twilio-email-event-webhook-signature');
    const timestamp = headerOf(headers, 'x-twilio-email-event-webhook-timestamp');
    if (signature === undefined || timestamp === undefined) return false;
    return createVerify('sha256')
      .update(timestamp + body)
      .verify(publicKey, signature, 'base64');
  };
  return webhook('/webhooks/sendgrid', async (request) => {
    if (!isSigned(request)) throw new UnsignedError();
    for (const event of read(request.body)) {
      const isFailed = event.event === 'bounce' || event.event === 'dropped';
      if (event.email === undefined || !(isFailed || isForGood(event))) continue;
      await reports.undelivered({
        channel: Channel.EMAIL,
        address: event.email,
        deliveryId: isFailed ? (event.delivery ?? null) : null,
        isForGood: isForGood(event),
        code: event.event,
      });
    }
  });
}

function read(body: string): Event[] {
  try {
    return events.parse(JSON.parse(body));
  } catch (error) {
    throw new UnreadableError('no events', { cause: error });
  }
}
