import type { RootFetch } from '../planning/plan.ts';
import { Fetch, rootFields } from './fetch.ts';
import { renamedPath } from './rewrites.ts';
import { startRun, type ExecutionRequest, type Run } from './run.ts';
import { rootMerge, type PlanSurroundings } from './steps.ts';

/** Opens a subscription: a run for each event, with the event's data in it. */
export type OpenSubscription = (request: ExecutionRequest) => AsyncGenerator<Run, void>;

/** Compiles the fetch that a subscription lives on. When it breaks, the last run says so. */
export function compileSubscription(
  primary: RootFetch,
  around: PlanSurroundings,
): OpenSubscription {
  const fetch = new Fetch(primary, rootFields(primary.operation), around);
  const merge = rootMerge(primary, [], around);
  return async function* open(request) {
    try {
      for await (const event of fetch.subscribe(request)) {
        const run = startRun(request);
        if (event.errors)
          fetch.reportErrors(run, event, (at) => [at && renamedPath(primary.outputRewrites, at)]);
        if (event.data) merge(run.data, event.data);
        yield run;
      }
    } catch (reason) {
      if (request.signal?.aborted) return;
      const run = startRun(request);
      fetch.reportUnavailable(run, reason);
      yield run;
    }
  };
}
