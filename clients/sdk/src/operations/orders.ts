import { graphql } from '../graphql.ts';
import { MoneyFields, PageInfoFields, UserErrorFields } from './shared.ts';

/** What changes while an order is on its way. */
export const OrderProgressFields = graphql(`
  fragment OrderProgressFields on Order {
    id
    number
    version
    status
    estimatedReadyAt
    closedReason
    canBeCancelled
  }
`);

export const OrderFields = graphql(
  `
    fragment OrderFields on Order {
      ...OrderProgressFields
      customer {
        id
        name
      }
      cafe {
        id
        name
        timeZone
      }
      lines {
        id
        product {
          id
          imageUrl
        }
        productName
        options {
          optionId
          name
          priceDelta {
            ...MoneyFields
          }
        }
        quantity
        unitPrice {
          ...MoneyFields
        }
        total {
          ...MoneyFields
        }
        note
      }
      subtotal {
        ...MoneyFields
      }
      tax {
        ...MoneyFields
      }
      tip {
        ...MoneyFields
      }
      total {
        ...MoneyFields
      }
      refunded {
        ...MoneyFields
      }
      note
      placedAt
      pickupAt
      timeline {
        status
        at
        reason
      }
    }
  `,
  [OrderProgressFields, MoneyFields],
);

export const OrderPayloadFields = graphql(
  `
    fragment OrderPayloadFields on OrderPayload {
      order {
        ...OrderFields
      }
      userErrors {
        ...UserErrorFields
      }
    }
  `,
  [OrderFields, UserErrorFields],
);

/** What it would cost and when it would be ready, and every problem, without placing anything. */
export const QuoteOrder = graphql(
  `
    query QuoteOrder($input: OrderInput!) {
      quoteOrder(input: $input) {
        lines {
          product {
            id
            name
          }
          quantity
          unitPrice {
            ...MoneyFields
          }
          total {
            ...MoneyFields
          }
        }
        subtotal {
          ...MoneyFields
        }
        tax {
          ...MoneyFields
        }
        tip {
          ...MoneyFields
        }
        total {
          ...MoneyFields
        }
        estimatedReadyAt
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [MoneyFields, UserErrorFields],
);

export const PlaceOrder = graphql(
  `
    mutation PlaceOrder($input: PlaceOrderInput!) {
      placeOrder(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);

export const CancelOrder = graphql(
  `
    mutation CancelOrder($input: OrderActionInput!) {
      cancelOrder(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);

export const Order = graphql(
  `
    query Order($id: ID!) {
      order(id: $id) {
        ...OrderFields
      }
    }
  `,
  [OrderFields],
);

/** The signed-in customer's orders, newest first. */
export const MyOrders = graphql(
  `
    query MyOrders($first: Int, $after: String, $status: [OrderStatus!]) {
      me {
        id
        orders(first: $first, after: $after, status: $status) {
          nodes {
            ...OrderFields
          }
          pageInfo {
            ...PageInfoFields
          }
        }
      }
    }
  `,
  [OrderFields, PageInfoFields],
);

/** The state now, then every change until a final one. `after` is the `eventId` of the last one seen. */
export const WatchOrder = graphql(
  `
    subscription WatchOrder($orderId: ID!, $after: String) {
      orderStatusChanged(orderId: $orderId, after: $after) {
        eventId
        at
        status
        previousStatus
        order {
          ...OrderProgressFields
        }
      }
    }
  `,
  [OrderProgressFields],
);

/** The order now, then with each of its steps and whenever its estimate moves by a minute, until a final state. */
export const WatchOrderEstimate = graphql(
  `
    subscription WatchOrderEstimate($orderId: ID!) {
      orderEstimateChanged(orderId: $orderId) {
        ...OrderProgressFields
      }
    }
  `,
  [OrderProgressFields],
);

/** Orders of one café or of all, for who may read them. */
export const Orders = graphql(
  `
    query Orders(
      $first: Int
      $after: String
      $cafeId: ID
      $status: [OrderStatus!]
      $placedFrom: DateTime
      $placedTo: DateTime
    ) {
      orders(
        first: $first
        after: $after
        cafeId: $cafeId
        status: $status
        placedFrom: $placedFrom
        placedTo: $placedTo
      ) {
        nodes {
          ...OrderFields
        }
        pageInfo {
          ...PageInfoFields
        }
      }
    }
  `,
  [OrderFields, PageInfoFields],
);

/** All of it, or some lines or an amount. */
export const RefundOrder = graphql(
  `
    mutation RefundOrder($input: RefundOrderInput!) {
      refundOrder(input: $input) {
        ...OrderPayloadFields
      }
    }
  `,
  [OrderPayloadFields],
);
