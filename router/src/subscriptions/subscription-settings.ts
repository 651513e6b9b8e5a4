import { list, wholeNumber } from '@crema/config';
import { z } from 'zod';

/** How subscriptions are shared and kept in bounds. */
export const subscriptionSettings = z.object({
  SUBSCRIPTION_PUBLIC_FIELDS: list()
    .default([])
    .describe(
      'Subscription fields that tell everybody the same, separated by commas. Asked for as a visitor would, shared by all.',
    ),
  SUBSCRIPTION_MAX_BUFFERED_BYTES: wholeNumber(65_536, 1_073_741_824)
    .default(4 * 1_024 * 1_024)
    .describe(
      'What a subscription keeps for a client that does not take it; then the client is cut off.',
    ),
});

/** The options of a router that these settings stand for. */
export const subscriptionsOf = (settings: z.output<typeof subscriptionSettings>) => ({
  publicSubscriptions: settings.SUBSCRIPTION_PUBLIC_FIELDS,
  maxBufferedBytes: settings.SUBSCRIPTION_MAX_BUFFERED_BYTES,
});
