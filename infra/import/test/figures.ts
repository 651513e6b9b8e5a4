import { createCrema, graphql, type Crema as Client, type ResultOf } from '@crema/sdk';
import type { Crema } from '@crema/standalone';
import { WebSocket } from 'ws';

const PASSWORD = 'espresso-macchiato-42';

/** Signs an administrator of the demo in, over HTTP. */
export const adminAt = async (url: string): Promise<Client> => {
  const client = createCrema({ url, webSocketImpl: WebSocket });
  const { userErrors } = await client.session.signIn({
    email: 'admin@crema.test',
    password: PASSWORD,
  });
  if (userErrors.length > 0) throw new Error(userErrors.map(({ message }) => message).join(' '));
  return client;
};

export const adminOf = async (crema: Crema): Promise<Client> => adminAt((await crema.listen()).url);

const Figures = graphql(`
  query ImportedSales($filter: SalesFilter!) {
    salesSummary(filter: $filter) {
      revenue {
        amount
      }
      orders
      items
    }
    salesByCafe(filter: $filter) {
      cafe {
        id
      }
      revenue {
        amount
      }
      orders
      items
    }
    months: salesSeries(filter: $filter, interval: MONTH) {
      revenue {
        amount
      }
    }
    days: salesSeries(filter: $filter, interval: DAY) {
      revenue {
        amount
      }
      orders
    }
    salesByHourOfDay(filter: $filter) {
      hour
      revenue {
        amount
      }
      orders
    }
    salesByCategory(filter: $filter) {
      category
      revenue {
        amount
      }
      items
    }
    topProducts(filter: $filter, first: 100) {
      productName
      revenue {
        amount
      }
      items
    }
  }
`);

export type Report = ResultOf<typeof Figures>;

/** Every figure of a range, through the router. */
export const reportOf = (client: Client, filter: { from: string; to: string }): Promise<Report> =>
  client.query(Figures, { filter });
