import { graphql } from '../graphql.ts';

export const MoneyFields = graphql(`
  fragment MoneyFields on Money {
    amount
    currencyCode
  }
`);

export const UserErrorFields = graphql(`
  fragment UserErrorFields on UserError {
    code
    message
    field
  }
`);

export const PageInfoFields = graphql(`
  fragment PageInfoFields on PageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
`);
