import { graphql } from '../graphql.ts';
import { PageInfoFields, UserErrorFields } from './shared.ts';

export const UserFields = graphql(`
  fragment UserFields on User {
    id
    name
    email
    phone
    roles
    workplaces {
      id
      name
    }
    createdAt
  }
`);

/** Whoever signs in is still a visitor while this is answered: `Me` tells the rest. */
export const SessionFields = graphql(
  `
    fragment SessionFields on SessionPayload {
      accessToken
      refreshToken
      expiresAt
      user {
        id
        name
      }
      userErrors {
        ...UserErrorFields
      }
    }
  `,
  [UserErrorFields],
);

export const SignUp = graphql(
  `
    mutation SignUp($input: SignUpInput!) {
      signUp(input: $input) {
        ...SessionFields
      }
    }
  `,
  [SessionFields],
);

export const SignIn = graphql(
  `
    mutation SignIn($input: SignInInput!) {
      signIn(input: $input) {
        ...SessionFields
      }
    }
  `,
  [SessionFields],
);

export const AdminSignIn = graphql(
  `
    mutation AdminSignIn($input: SignInInput!) {
      adminSignIn(input: $input) {
        ...SessionFields
      }
    }
  `,
  [SessionFields],
);

export const RefreshSession = graphql(
  `
    mutation RefreshSession($refreshToken: String) {
      refreshSession(refreshToken: $refreshToken) {
        ...SessionFields
      }
    }
  `,
  [SessionFields],
);

export const SignOut = graphql(`
  mutation SignOut {
    signOut {
      success
    }
  }
`);

export const SignOutEverywhere = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere {
      success
    }
  }
`);

export const RevokeSession = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id) {
      success
    }
  }
`);

export const Me = graphql(
  `
    query Me {
      me {
        ...UserFields
        unreadNotificationCount
      }
    }
  `,
  [UserFields],
);

export const MySessions = graphql(`
  query MySessions {
    me {
      id
      sessions {
        id
        createdAt
        lastUsedAt
        expiresAt
        userAgent
        current
      }
    }
  }
`);

export const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      accepted
    }
  }
`);

export const ResetPassword = graphql(
  `
    mutation ResetPassword($input: ResetPasswordInput!) {
      resetPassword(input: $input) {
        success
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [UserErrorFields],
);

export const ChangePassword = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        success
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [UserErrorFields],
);

export const UpdateProfile = graphql(
  `
    mutation UpdateProfile($input: UpdateProfileInput!) {
      updateProfile(input: $input) {
        user {
          ...UserFields
        }
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [UserFields, UserErrorFields],
);

/** For who may read users. */
export const Users = graphql(
  `
    query Users($first: Int, $after: String, $search: String) {
      users(first: $first, after: $after, search: $search) {
        nodes {
          ...UserFields
        }
        totalCount
        pageInfo {
          ...PageInfoFields
        }
      }
    }
  `,
  [UserFields, PageInfoFields],
);

export const SetRoles = graphql(
  `
    mutation SetRoles($input: SetRolesInput!) {
      setRoles(input: $input) {
        user {
          ...UserFields
        }
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [UserFields, UserErrorFields],
);

export const AuditLog = graphql(
  `
    query AuditLog($first: Int, $after: String, $actorId: ID, $action: String) {
      auditLog(first: $first, after: $after, actorId: $actorId, action: $action) {
        nodes {
          id
          at
          actor {
            id
            name
          }
          action
          target
          details
        }
        pageInfo {
          ...PageInfoFields
        }
      }
    }
  `,
  [PageInfoFields],
);
