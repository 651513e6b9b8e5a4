import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

/** Reads an operation or a fragment; what it asks for is checked and typed by the schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: {
    ID: string;
    DateTime: string;
    Date: string;
    LocalTime: string;
    Decimal: string;
    CurrencyCode: string;
  };
}>();
