import { graphql } from '../graphql.ts';
import { PageInfoFields, UserErrorFields } from './shared.ts';

export const CafeFields = graphql(`
  fragment CafeFields on Cafe {
    id
    slug
    name
    phone
    address {
      street
      city
      region
      postalCode
      country
    }
    location {
      latitude
      longitude
    }
    timeZone
    currencyCode
    taxRate
    openingHours {
      day
      opens
      closes
    }
    specialHours {
      date
      opens
      closes
      reason
    }
    isOpen
    acceptsOrders
    orderingPausedReason
    nextOpening
  }
`);

const CafePayloadFields = graphql(
  `
    fragment CafePayloadFields on CafePayload {
      cafe {
        ...CafeFields
      }
      userErrors {
        ...UserErrorFields
      }
    }
  `,
  [CafeFields, UserErrorFields],
);

/** Cafés to choose from, nearest first when `near` is given, with how long an order would take now. */
export const Cafes = graphql(
  `
    query Cafes(
      $first: Int
      $after: String
      $near: GeoPointInput
      $radiusKm: Float
      $openNow: Boolean
    ) {
      cafes(first: $first, after: $after, near: $near, radiusKm: $radiusKm, openNow: $openNow) {
        edges {
          cursor
          distanceKm
          node {
            ...CafeFields
            currentWaitMinutes
          }
        }
        totalCount
        pageInfo {
          ...PageInfoFields
        }
      }
    }
  `,
  [CafeFields, PageInfoFields],
);

export const Cafe = graphql(
  `
    query Cafe($id: ID!) {
      cafe(id: $id) {
        ...CafeFields
        currentWaitMinutes
      }
    }
  `,
  [CafeFields],
);

export const CafeBySlug = graphql(
  `
    query CafeBySlug($slug: String!) {
      cafeBySlug(slug: $slug) {
        ...CafeFields
        currentWaitMinutes
      }
    }
  `,
  [CafeFields],
);

/** When an order can be collected on a day. */
export const PickupSlots = graphql(`
  query PickupSlots($cafeId: ID!, $date: Date!) {
    cafe(id: $cafeId) {
      id
      pickupSlots(date: $date) {
        startsAt
        endsAt
        remaining
      }
    }
  }
`);

export const CreateCafe = graphql(
  `
    mutation CreateCafe($input: CafeInput!) {
      createCafe(input: $input) {
        ...CafePayloadFields
      }
    }
  `,
  [CafePayloadFields],
);

export const UpdateCafe = graphql(
  `
    mutation UpdateCafe($id: ID!, $input: UpdateCafeInput!) {
      updateCafe(id: $id, input: $input) {
        ...CafePayloadFields
      }
    }
  `,
  [CafePayloadFields],
);

export const SetOpeningHours = graphql(
  `
    mutation SetOpeningHours(
      $cafeId: ID!
      $hours: [OpeningHoursInput!]!
      $special: [SpecialHoursInput!]
    ) {
      setOpeningHours(cafeId: $cafeId, hours: $hours, special: $special) {
        ...CafePayloadFields
      }
    }
  `,
  [CafePayloadFields],
);

export const PauseOrdering = graphql(
  `
    mutation PauseOrdering($cafeId: ID!, $reason: String!) {
      pauseOrdering(cafeId: $cafeId, reason: $reason) {
        ...CafePayloadFields
      }
    }
  `,
  [CafePayloadFields],
);

export const ResumeOrdering = graphql(
  `
    mutation ResumeOrdering($cafeId: ID!) {
      resumeOrdering(cafeId: $cafeId) {
        ...CafePayloadFields
      }
    }
  `,
  [CafePayloadFields],
);
