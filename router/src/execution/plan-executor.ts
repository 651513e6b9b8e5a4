import { getOperationRootType } from 'graphql';
import { CompiledDeferral } from './compiled-deferral.ts';
import { compileParts } from './deferred-plan.ts';
import type { PlanNode } from '../planning/plan.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import { fragmentsOf } from './collect-fields.ts';
import type {
  ExecutableDeferral,
  ExecutableOperation,
  Executor,
  PlannedDeferral,
  PlannedOperation,
} from './executor.ts';
import { compileIntrospection, type Introspect } from './introspection.ts';
import { WritePaths } from './merge.ts';
import { Output } from './output.ts';
import type { Place } from './place.ts';
import type { ResponseNames } from './response-names.ts';
import { startRun, type Answer, type ExecutionRequest, type Run } from './run.ts';
import { collectWrites, compileSteps, type PlanSurroundings, type Step } from './steps.ts';
import { compileSubscription, type ExecutableSubscription } from './subscription.ts';
import { Unity } from './unity.ts';
import { compileWriter, type Write } from './writer.ts';

/** Gets the data of an operation in another way than its plan; undefined where the plan is to be followed. */
export type CompileFetching = (operation: PlannedOperation) => Step | undefined;

/** Compiles plans to closures that fetch, merge and write the text of the answer. */
export class PlanExecutor implements Executor {
  constructor(
    private readonly supergraph: Supergraph,
    private readonly transports: ReadonlyMap<string, SubgraphTransport>,
    private readonly fetching?: CompileFetching,
  ) {}

  compile(planned: PlannedOperation): ExecutableOperation {
    const { write, introspect } = this.compileAnswer(planned, false);
    const { responseNames } = planned;
    const { node } = planned.plan;
    if (node?.kind === 'Defer') throw new Error('An answer at once cannot be fetched in parts');
    if (node?.kind === 'Subscription') {
      const around = this.newSurroundings();
      if (node.rest) collectWrites(node.rest, around.writes);
      const rest = node.rest && compileSteps(node.rest, [], around);
      const { primary } = node;
      return new CompiledPlan(rest, write, introspect, responseNames, (finish) =>
        compileSubscription(primary, around, finish),
      );
    }
    const steps = this.fetching?.(planned) ?? (node && this.steps(node));
    return new CompiledPlan(steps, write, introspect, responseNames);
  }

  get defers(): boolean {
    return !this.fetching;
  }

  compileDeferral(planned: PlannedDeferral): ExecutableDeferral {
    const { clientLabels, operation, responseNames } = planned;
    const { node } = planned.plan;
    if (node?.kind === 'Subscription')
      throw new Error('A subscription cannot be answered in parts');
    return new CompiledDeferral({
      ...this.compileAnswer(planned, true),
      plan: compileParts(node, this.newSurroundings()),
      selections: operation.selectionSet,
      responseNames,
      clientLabels,
    });
  }

  private compileAnswer(
    { document, operation, responseNames, withheld }: PlannedOperation,
    defers: boolean,
  ) {
    const { apiSchema: schema, rules } = this.supergraph;
    const fragments = fragmentsOf(document);
    const root = getOperationRootType(schema, operation);
    const shaping = { schema, fragments, responseNames, rules, withheld, defers };
    const write = compileWriter(shaping, root, [operation.selectionSet]);
    return { write, fragments, introspect: compileIntrospection(schema, document, operation) };
  }

  private newSurroundings(unity?: Unity): PlanSurroundings {
    const { subtypes, interfaceObjects } = this.supergraph;
    const interfaceNames = interfaceObjects.size > 0 ? new Set(interfaceObjects.keys()) : undefined;
    const writes = new WritePaths();
    return { transports: this.transports, subtypes, writes, interfaceNames, unity };
  }

  private steps(node: PlanNode): Step {
    const around = this.newSurroundings(new Unity(node));
    collectWrites(node, around.writes);
    return compileSteps(node, [], around);
  }
}

class CompiledPlan implements ExecutableOperation {
  readonly subscription: ExecutableSubscription | undefined;

  constructor(
    private readonly steps: Step | undefined,
    private readonly write: Write,
    private readonly introspect: Introspect,
    private readonly responseNames: ResponseNames,
    subscription?: (finish: (run: Run) => Promise<Answer>) => ExecutableSubscription,
  ) {
    this.subscription = subscription?.((run) => this.finish(run));
  }

  async execute(request: ExecutionRequest): Promise<Answer> {
    return this.finish(startRun(request));
  }

  private async finish(run: Run): Promise<Answer> {
    await this.steps?.(run, rootOf(run));
    const { coercedVariables, isVisitor } = run.request;
    const introspected = this.introspect(coercedVariables);
    const output = new Output(introspected, isVisitor, run.errors, run.shared);
    const data = this.write(output, run.data) ?? 'null';
    const errors = this.responseNames.errorsText(run.errors);
    return { json: `{${errors}"data":${data}}`, cookies: run.cookies };
  }
}

function rootOf(run: Run): Place {
  return { path: [], objects: [run.data] };
}
