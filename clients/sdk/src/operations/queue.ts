import { graphql } from '../graphql.ts';
import { OrderPayloadFields, OrderProgressFields } from './orders.ts';

/** What a barista needs to make it. */
export const QueuedOrderFields = graphql(
  `
    fragment QueuedOrderFields on Order {
      ...OrderProgressFields
      customer {
        id
        name
      }
      lines {
        id
        productName
        options {
          optionId
          name
        }
        quantity
        note
      }
      note
      placedAt
      pickupAt
    }
  `,
  [OrderProgressFields],
);

/** Confirmed and not yet collected, in the order to work on them. */
export const CafeQueue = graphql(
  `
    query CafeQueue($cafeId: ID!) {
      cafe(id: $cafeId) {
        id
        name
        currentWaitMinutes
        orderingPausedReason
        queue {
          ...QueuedOrderFields
        }
      }
    }
  `,
  [QueuedOrderFields],
);

/** Every change of the queue. `after` is the `eventId` of the last one seen. */
export const WatchQueue = graphql(
  `
    subscription WatchQueue($cafeId: ID!, $after: String) {
      cafeQueueChanged(cafeId: $cafeId, after: $after) {
        eventId
        at
        status
        previousStatus
        order {
          ...QueuedOrderFields
        }
      }
    }
  `,
  [QueuedOrderFields],
);

export const StartPreparing = graphql(
  `
    mutation StartPreparing($input: OrderActionInput!) {
      startPreparing(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);

export const MarkReady = graphql(
  `
    mutation MarkReady($input: OrderActionInput!) {
      markReady(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);

export const MarkCollected = graphql(
  `
    mutation MarkCollected($input: OrderActionInput!) {
      markCollected(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);

/** Ready was a mistaken tap. */
export const RecallOrder = graphql(
  `
    mutation RecallOrder($input: OrderActionInput!) {
      recallOrder(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);

export const RejectOrder = graphql(
  `
    mutation RejectOrder($input: OrderActionInput!) {
      rejectOrder(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);
