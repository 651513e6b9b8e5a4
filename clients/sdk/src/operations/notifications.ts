import { graphql } from '../graphql.ts';
import { PageInfoFields, UserErrorFields } from './shared.ts';

export const NotificationFields = graphql(`
  fragment NotificationFields on Notification {
    id
    kind
    title
    body
    createdAt
    readAt
    order {
      id
    }
  }
`);

export const MyNotifications = graphql(
  `
    query MyNotifications($first: Int, $after: String, $unreadOnly: Boolean) {
      me {
        id
        unreadNotificationCount
        notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
          nodes {
            ...NotificationFields
          }
          pageInfo {
            ...PageInfoFields
          }
        }
      }
    }
  `,
  [NotificationFields, PageInfoFields],
);

/** One message and what became of it on each channel. */
export const Notification = graphql(
  `
    query Notification($id: ID!) {
      notification(id: $id) {
        ...NotificationFields
        deliveries {
          channel
          status
          attempts
          at
          error
        }
      }
    }
  `,
  [NotificationFields],
);

export const WatchNotifications = graphql(
  `
    subscription WatchNotifications {
      notificationReceived {
        ...NotificationFields
      }
    }
  `,
  [NotificationFields],
);

export const MarkNotificationsRead = graphql(`
  mutation MarkNotificationsRead($ids: [ID!], $all: Boolean) {
    markNotificationsRead(ids: $ids, all: $all) {
      unreadNotificationCount
    }
  }
`);

export const MyNotificationPreferences = graphql(`
  query MyNotificationPreferences {
    me {
      id
      notificationPreferences {
        kind
        channels
      }
    }
  }
`);

export const SetNotificationPreference = graphql(
  `
    mutation SetNotificationPreference($kind: NotificationKind!, $channels: [Channel!]!) {
      setNotificationPreference(kind: $kind, channels: $channels) {
        preferences {
          kind
          channels
        }
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [UserErrorFields],
);
