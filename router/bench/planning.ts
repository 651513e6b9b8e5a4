import { readFile } from 'node:fs/promises';
import { parse } from 'graphql';
import { loadPlanner, PLANNERS } from '../src/planning/planners.ts';
import { loadSupergraph } from '../src/supergraph/supergraph.ts';
import { silentLogger } from '../src/system/logger.ts';

/** A supergraph of eight subgraphs, and operations that its clients send. */
const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);
const PAGES: Readonly<Record<string, string>> = {
  'one subgraph': '{ cafes(first: 20) { nodes { id name isOpen } pageInfo { hasNextPage } } }',
  'a page of three subgraphs': `query ($id: ID!) {
    cafe(id: $id) {
      id name isOpen currentWaitMinutes
      menu { sections { category { id name } items {
        soldOut price { amount currencyCode } product { id name imageUrl }
      } } }
    }
  }`,
  'the orders of a customer': `query ($first: Int) {
    me { id name orders(first: $first) { nodes {
      id status cafe { id name } total { amount currencyCode } lines { quantity product { id name imageUrl } }
    } } }
  }`,
};

/** Prints what each planner takes to read the supergraph, for its first plan of an operation and for later ones. */
export async function measurePlanning(): Promise<void> {
  const supergraph = loadSupergraph(await readFile(SUPERGRAPH, 'utf8'));
  for (const name of PLANNERS) {
    const createPlanner = await loadPlanner({ planner: name, log: silentLogger });
    const [load, planner] = timed(() => createPlanner(supergraph));
    console.log(`${name}: supergraph read in ${load} ms`);
    for (const [page, query] of Object.entries(PAGES)) {
      const document = parse(query);
      const [cold] = timed(() => planner.plan(document, undefined));
      const warm = Array.from(
        { length: 101 },
        () => timed(() => planner.plan(document, undefined))[0],
      ).sort((a, b) => a - b)[50];
      console.log(`${name}: ${page}: first plan ${cold} ms, later ${warm} ms`);
    }
  }
}

function timed<T>(work: () => T): [ms: number, result: T] {
  const startedAt = performance.now();
  const result = work();
  return [Math.round((performance.now() - startedAt) * 100) / 100, result];
}
