import type { CallerClaims } from '@crema/kit';
import {
  createTestSubgraph,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@crema/kit/testing';
import { stableId } from '@crema/kit';
import { cafes } from '../src/subgraph.ts';

export const ASTORIA = stableId('cafe/astoria');
export const HELLS_KITCHEN = stableId('cafe/hells-kitchen');
export const LOWER_MANHATTAN = stableId('cafe/lower-manhattan');

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

export interface CafesTest extends TestSubgraph {
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
}

/** The cafés of the demo on a Monday at 10:00 in New York, unless told otherwise. */
export async function createTestCafes(options?: TestSubgraphOptions): Promise<CafesTest> {
  const test = await createTestSubgraph(cafes, options);
  await test.running.subgraph.loadDemo!();
  return {
    ...test,
    async data<Data>(...parameters: Parameters<TestSubgraph['ask']>) {
      const { data, errors } = await test.ask(...parameters);
      if (errors) throw new Error(JSON.stringify(errors));
      return data as Data;
    },
    async errors(...parameters: Parameters<TestSubgraph['ask']>) {
      const { errors = [] } = await test.ask(...parameters);
      return errors.map(({ extensions }) => extensions?.['code']);
    },
  };
}

export interface UserErrors {
  userErrors: { code: string; field: string[] | null }[];
}
