import { stableId, type CallerClaims } from '@crema/kit';
import {
  createTestSubgraph,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@crema/kit/testing';
import { CafeChanged } from '@crema/schema/events';
import { menu } from '../src/subgraph.ts';

export const ASTORIA = stableId('cafe/astoria');
export const LOWER_MANHATTAN = stableId('cafe/lower-manhattan');
export const productId = (sku: string): string => stableId(`product/${sku}`);
export const categoryId = (slug: string): string => stableId(`category/${slug}`);

const BARISTA_SCOPE = 'queue:work stock:read orders:read';
const MANAGER_SCOPE = `${BARISTA_SCOPE} stock:write orders:refund analytics:read menu:write cafes:write`;

const staff = (sub: string, scope: string, workplaces: string[]): CallerClaims => ({
  sub,
  scope,
  workplaces,
});

export const admin = staff('admin', `${MANAGER_SCOPE} users:read users:write`, ['*']);
export const managerOf = (...cafes: string[]) => staff('manager', MANAGER_SCOPE, cafes);
export const baristaOf = (...cafes: string[]) => staff('barista', BARISTA_SCOPE, cafes);
export const customer: CallerClaims = { sub: 'customer' };

export interface UserErrors {
  userErrors: { code: string; field: string[] | null }[];
}

export interface MenuTest extends TestSubgraph {
  /** The data of an answer that must not have errors. */
  data<Data>(
    caller: CallerClaims | null,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Data>;
  /** The codes of the errors of an answer. */
  errors(
    caller: CallerClaims | null,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<unknown[]>;
  /** What a mutation with an input answers. */
  mutate<Payload = UserErrors>(
    caller: CallerClaims | null,
    mutation: string,
    variables?: Record<string, unknown>,
  ): Promise<Payload>;
}

const cafeOf = (slug: string) => ({
  slug,
  name: slug,
  timeZone: 'America/New_York',
  currency: 'USD',
  taxRate: '8.875',
  openingHours: [],
  specialHours: [],
  orderingPausedReason: null,
});

/** The demo menu at two cafés. */
export async function createTestMenu(options?: TestSubgraphOptions): Promise<MenuTest> {
  const test = await createTestSubgraph(menu, options);
  await test.running.subgraph.loadDemo!();
  await test.tell(CafeChanged, ASTORIA, cafeOf('astoria'));
  await test.tell(CafeChanged, LOWER_MANHATTAN, cafeOf('lower-manhattan'));

  const data = async <Data>(...parameters: Parameters<TestSubgraph['ask']>): Promise<Data> => {
    const { data, errors } = await test.ask(...parameters);
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Data;
  };
  return {
    ...test,
    data,
    async errors(...parameters: Parameters<TestSubgraph['ask']>) {
      const { errors = [] } = await test.ask(...parameters);
      return errors.map(({ extensions }) => extensions?.['code']);
    },
    async mutate<Payload>(...parameters: Parameters<TestSubgraph['ask']>) {
      return Object.values(await data<Record<string, Payload>>(...parameters))[0]!;
    },
  };
}

/** The home page's query. */
export const WHOLE_MENU = `query ($cafeId: ID!) {
  menu(cafeId: $cafeId) {
    cafe { id }
    sections {
      category { id name position }
      items {
        price { amount currencyCode }
        soldOut
        product {
          id sku name description imageUrl allergens archived
          price { amount currencyCode }
          category { id name }
          optionGroups {
            id name min max
            options { id name isDefault priceDelta { amount currencyCode } }
          }
        }
      }
    }
  }
}`;
