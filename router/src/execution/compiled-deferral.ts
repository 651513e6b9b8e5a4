import type { FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { DeferredAnswer } from './deferred-answer.ts';
import { DeferredErrors } from './deferred-errors.ts';
import type { CompiledPart } from './deferred-plan.ts';
import type { ExecutableDeferral } from './executor.ts';
import type { Introspect } from './introspection.ts';
import type { ResponseNames } from './response-names.ts';
import { startRun, type AnswerPart, type ExecutionRequest, type Run } from './run.ts';
import type { Write } from './writer.ts';

/** What a compiled operation that defers is made of. */
export interface DeferralParts {
  readonly plan: CompiledPart;
  readonly write: Write;
  readonly introspect: Introspect;
  readonly selections: SelectionSetNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
  readonly responseNames: ResponseNames;
}

/** An operation whose deferred fragments are fetched and told later. */
export class CompiledDeferral implements ExecutableDeferral {
  private readonly fetched: ReadonlySet<string>;

  constructor(private readonly parts: DeferralParts) {
    this.fetched = new Set(labelsOf(parts.plan));
  }

  async execute(request: ExecutionRequest, tell: (part: AnswerPart) => void): Promise<void> {
    const { write, introspect, selections, fragments, clientLabels, responseNames, plan } =
      this.parts;
    const fetches = new Milestones();
    const run: Run = { ...startRun(request), fetched: (id) => fetches.reach(id) };
    const answer = new DeferredAnswer(run, {
      write,
      introspected: introspect(request.coercedVariables),
      errors: new DeferredErrors(selections, fragments),
      fetched: this.fetched,
      clientLabels,
      responseNames,
      tell,
    });
    await carryOut(plan, run, fetches, () => answer.first(), answer);
  }
}

/** Fetches a part, and what is deferred in it as soon as what that builds on is there. */
async function carryOut(
  { step, ids, deferred }: CompiledPart,
  run: Run,
  fetches: Milestones,
  onFetched: () => void,
  answer: DeferredAnswer,
): Promise<void> {
  const fetchOwn = async (): Promise<void> => {
    await step?.(run, { path: [], objects: [run.data] });
    // A fetch that had nothing to ask for is done, too.
    for (const id of ids) fetches.reach(id);
    onFetched();
  };
  const own = fetchOwn();
  const later = deferred.map(async ({ label, depends, part }) => {
    await (depends.length > 0 ? Promise.all(depends.map((id) => fetches.reached(id))) : own);
    if (run.request.signal?.aborted) return;
    const itsRun: Run = { ...run, errors: [] };
    await carryOut(part, itsRun, fetches, () => answer.fetched(label, itsRun.errors), answer);
  });
  await Promise.all([own, ...later]);
}

function labelsOf({ deferred }: CompiledPart): string[] {
  return deferred.flatMap(({ label, part }) => [label, ...labelsOf(part)]);
}

/** What is waited for, by name. */
class Milestones {
  private readonly known = new Map<string, { reached: Promise<void>; reach: () => void }>();

  reached(name: string): Promise<void> {
    return this.get(name).reached;
  }

  reach(name: string): void {
    this.get(name).reach();
  }

  private get(name: string): { reached: Promise<void>; reach: () => void } {
    let milestone = this.known.get(name);
    if (!milestone) {
      let reach = (): void => {};
      const reached = new Promise<void>((resolve) => (reach = resolve));
      this.known.set(name, (milestone = { reached, reach }));
    }
    return milestone;
  }
}
