import {
  createSourceEventStream,
  execute,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import type { Context } from './context.ts';

/** Compiling costs as much as some runs; who asks this often will ask again. */
const COMPILED_AT_RUN = 3;

interface OperationRequest {
  readonly variables: Record<string, unknown>;
  readonly operationName?: string;
}

/** A document that was read and validated once, and is compiled when it keeps coming. */
export class StoredOperation {
  private runs = 0;
  private readonly compiled = new Map<string, CompiledQuery | null>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly isCompilable: boolean,
    /** How long answers to it may be kept, and for whom. */
    readonly cacheControl: string | undefined,
  ) {}

  async execute(
    request: OperationRequest,
    context: Context,
    rootValue?: unknown,
  ): Promise<ExecutionResult> {
    this.runs += 1;
    const isWorthwhile = this.isCompilable && this.runs >= COMPILED_AT_RUN;
    const compiled = isWorthwhile ? this.compile(request.operationName) : null;
    if (compiled) return compiled.query(rootValue, context, request.variables);
    return execute({ ...this.argumentsOf(request, context), rootValue });
  }

  subscribe(
    request: OperationRequest,
    context: Context,
  ): Promise<AsyncIterable<unknown> | ExecutionResult> {
    return createSourceEventStream(this.argumentsOf(request, context));
  }

  /** Null for what cannot be compiled; graphql-js then says why, or does it. */
  private compile(operationName = ''): CompiledQuery | null {
    let compiled = this.compiled.get(operationName);
    if (compiled === undefined) {
      const result = compileQuery(this.schema, this.document, operationName);
      compiled = isCompiledQuery(result) ? result : null;
      this.compiled.set(operationName, compiled);
    }
    return compiled;
  }

  private argumentsOf(
    { variables, operationName }: OperationRequest,
    contextValue: Context,
  ): ExecutionArgs {
    const { schema, document } = this;
    return { schema, document, variableValues: variables, operationName, contextValue };
  }
}
