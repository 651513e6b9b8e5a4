import { createRouter } from '../../src/index.ts';
import type { PlannedBy } from './planners.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './subgraphs.ts';

/** What a subgraph's `__resolveReference` is given. */
export type Representation = Readonly<Record<string, unknown>> & {
  readonly __typename: string;
  readonly id: string;
};

/** Asks a router over these subgraphs, with plans of this planner alone. */
export async function planned(planner: PlannedBy, definitions: SubgraphDefinitions) {
  const subgraphs = localSubgraphs(definitions);
  planner.left.length = 0;
  const router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
    ...planner.options,
  });
  return {
    /** The data of an answer without errors. */
    async ask(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
      const { data, errors = [] } = await router.execute({ query, variables });
      expect(errors).toEqual([]);
      expect(planner.left).toEqual([]);
      return data;
    },
    /** An answer with the places of its errors. */
    async attempt(query: string, variables: Record<string, unknown> = {}) {
      const { data, errors = [] } = await router.execute({ query, variables });
      return { data, errors: errors.map(({ path }) => path?.join('.')).sort() };
    },
    /** What a subgraph was asked since the last time, and how often. */
    requestsTo(name: string) {
      return subgraphs.get(name).requests.splice(0);
    },
  };
}
