import { graphql } from '../graphql.ts';
import { MoneyFields } from './shared.ts';

const SalesPointFields = graphql(
  `
    fragment SalesPointFields on SalesPoint {
      startsAt
      revenue {
        ...MoneyFields
      }
      orders
      items
    }
  `,
  [MoneyFields],
);

export const SalesSummary = graphql(
  `
    query SalesSummary($filter: SalesFilter!) {
      salesSummary(filter: $filter) {
        revenue {
          ...MoneyFields
        }
        orders
        items
        averageOrder {
          ...MoneyFields
        }
        refunds {
          ...MoneyFields
        }
        customers
        medianPreparationSeconds
        p90PreparationSeconds
      }
    }
  `,
  [MoneyFields],
);

export const SalesSeries = graphql(
  `
    query SalesSeries($filter: SalesFilter!, $interval: SalesInterval!) {
      salesSeries(filter: $filter, interval: $interval) {
        ...SalesPointFields
      }
    }
  `,
  [SalesPointFields],
);

/** What sold when, what and where, in one answer. */
export const SalesBreakdown = graphql(
  `
    query SalesBreakdown($filter: SalesFilter!, $first: Int) {
      salesByHourOfDay(filter: $filter) {
        hour
        revenue {
          ...MoneyFields
        }
        orders
      }
      topProducts(filter: $filter, first: $first) {
        product {
          id
        }
        productName
        category
        revenue {
          ...MoneyFields
        }
        items
      }
      salesByCategory(filter: $filter) {
        category
        revenue {
          ...MoneyFields
        }
        items
      }
      salesByCafe(filter: $filter) {
        cafe {
          id
          name
        }
        revenue {
          ...MoneyFields
        }
        orders
        items
      }
    }
  `,
  [MoneyFields],
);

export const WatchSales = graphql(
  `
    subscription WatchSales($cafeId: ID) {
      salesTicker(cafeId: $cafeId) {
        ...SalesPointFields
      }
    }
  `,
  [SalesPointFields],
);
