import { getOperationRootType } from 'graphql';
import type { PlanNode } from '../planning/plan.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import { fragmentsOf } from './collect-fields.ts';
import type { ExecutableOperation, Executor, PlannedOperation } from './executor.ts';
import { compileIntrospection, type Introspect } from './introspection.ts';
import { WritePaths } from './merge.ts';
import { Output } from './output.ts';
import type { Place } from './place.ts';
import { startRun, type Answer, type ExecutionRequest, type Run } from './run.ts';
import { collectWrites, compileSteps, type PlanSurroundings, type Step } from './steps.ts';
import { compileSubscription, type ExecutableSubscription } from './subscription.ts';
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
    const { document, operation, withheld, plan } = planned;
    const { apiSchema: schema, rules, subtypes } = this.supergraph;
    const fragments = fragmentsOf(document);
    const root = getOperationRootType(schema, operation);
    const selections = [{ set: operation.selectionSet, conditions: [] }];
    const write = compileWriter({ schema, fragments, rules, withheld }, root, selections);
    const introspect = compileIntrospection(schema, document, operation);

    const { node } = plan;
    const writes = new WritePaths();
    const around: PlanSurroundings = { transports: this.transports, subtypes, writes };
    if (node?.kind === 'Subscription') {
      if (node.rest) collectWrites(node.rest, [], writes);
      const rest = node.rest && compileSteps(node.rest, [], around);
      const { primary } = node;
      return new CompiledPlan(rest, write, introspect, (finish) =>
        compileSubscription(primary, around, finish),
      );
    }
    const steps = this.fetching?.(planned) ?? (node && this.steps(node, around));
    return new CompiledPlan(steps, write, introspect);
  }

  private steps(node: PlanNode, around: PlanSurroundings): Step {
    collectWrites(node, [], around.writes);
    return compileSteps(node, [], around);
  }
}

class CompiledPlan implements ExecutableOperation {
  readonly subscription: ExecutableSubscription | undefined;

  constructor(
    private readonly steps: Step | undefined,
    private readonly write: Write,
    private readonly introspect: Introspect,
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
    const output = new Output(coercedVariables, introspected, isVisitor, run.errors);
    const data = this.write(output, run.data) ?? 'null';
    const errors = run.errors.length > 0 ? `"errors":${JSON.stringify(run.errors)},` : '';
    return { json: `{${errors}"data":${data}}`, cookies: run.cookies };
  }
}

function rootOf(run: Run): Place {
  return { path: [], objects: [run.data] };
}
