// The process in which Hive's native planner runs: what ends it, ends nothing else. Like the thread that starts it, it is plain
// JavaScript, since nothing loads TypeScript for it. `isolated-planner.ts` says what it is asked.

/** So many supergraphs are kept: the one that is served, the next one, and what else is asked about meanwhile. */
const MAX_SUPERGRAPHS = 4;

const loaded = import('@graphql-hive/router-query-planner');
// Told with each answer.
loaded.catch(() => {});

const planners = new Map();

process.on('message', async (request) => {
  const { number } = request;
  const { pid } = process;
  try {
    process.send({ number, pid, ...answer(await loaded, request) });
  } catch (thrown) {
    const failure = thrown instanceof Error ? thrown.message : String(thrown);
    process.send({ number, pid, failure });
  }
});
process.on('disconnect', () => process.exit());

function answer({ QueryPlanner }, { supergraph, sdl, operation }) {
  if (supergraph === undefined) return {};
  const planner = planners.get(supergraph) ?? (sdl && new QueryPlanner(sdl));
  if (!planner) return { isUnknown: true };
  planners.delete(supergraph);
  planners.set(supergraph, planner);
  if (planners.size > MAX_SUPERGRAPHS) planners.delete(planners.keys().next().value);
  if (!operation) return {};
  const { text, name, labels, draw } = operation;
  return { plan: planner.plan(text, name, labels, draw) };
}
