import { z } from 'zod';
import { id, instant } from './common.ts';
import { defineEvent } from './define-event.ts';

/** A message reached its channel, or was given up. Key: the notification's id. */
export const DeliveryEnded = defineEvent({
  type: 'notifications.delivery.ended',
  version: 1,
  topic: 'notifications.deliveries',
  data: z.object({
    userId: id(),
    channel: z.enum(['IN_APP', 'EMAIL', 'SMS']),
    status: z.enum(['SENT', 'FAILED', 'SUPPRESSED']),
    attempts: z.int(),
    at: instant(),
  }),
});
