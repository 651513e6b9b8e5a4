import {
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationContext,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { RequestError, type ErrorCode } from '../errors.ts';
import { defers, withDefer, withoutDefer } from '../execution/deferral.ts';
import { limitExceeded, refuseTooLarge, type Limits } from '../protection/limits/limits.ts';
import { sizeOf } from '../protection/limits/operation-size.ts';
import { Operation, type Compilation } from './operation.ts';
import type { Variant } from './variants.ts';

/** What clients may learn of the schema, and how much is remembered of what they ask. */
export interface OperationStoreOptions {
  readonly introspection: boolean;
  readonly suggestions: boolean;
  readonly maxOperations: number;
  readonly limits: Limits;
}

/** What names an operation: the text of a document, and which of its operations is meant. */
export interface OperationText {
  readonly query: string;
  readonly operationName: string | undefined;
}

/** An operation in use, with the kinds of requests for it that were compiled. */
export interface OperationInUse extends OperationText {
  readonly variants: readonly Variant[];
}

interface Kept extends OperationText {
  readonly operation: Operation;
  uses: number;
}

/** A kept operation takes some multiple of its text; the sum of all texts stays below this. */
const MAX_TEXT_LENGTH = 16 * 1024 * 1024;

/** Parses and validates operations and keeps those that were used last. */
export class OperationStore {
  private readonly operations: LRUCache<string, Kept>;

  /** What documents are validated by. */
  private readonly schema: GraphQLSchema;

  constructor(
    private readonly compilation: Compilation,
    private readonly options: OperationStoreOptions,
  ) {
    this.schema = withDefer(compilation.supergraph.apiSchema);
    this.operations = new LRUCache({
      max: options.maxOperations,
      maxSize: MAX_TEXT_LENGTH,
      sizeCalculation: (_kept, key) => key.length,
    });
  }

  /** What is kept, most used first. */
  get inUse(): readonly OperationInUse[] {
    return [...new Set(this.operations.values())]
      .sort((one, other) => other.uses - one.uses)
      .map(({ query, operationName, operation }) => {
        return { query, operationName, variants: operation.variantsInUse };
      });
  }

  /** The operation of that name in a document; throws a `RequestError` when there is none. */
  get(query: string, operationName: string | undefined): Operation {
    const key = keyOf(query, operationName);
    let kept = this.operations.get(key);
    if (!kept) {
      kept = this.unnamed(query, operationName) ?? {
        query,
        operationName,
        operation: this.tryPrepare(query, operationName),
        uses: 0,
      };
      this.operations.set(key, kept);
    }
    kept.uses += 1;
    return kept.operation;
  }

  /** The same, asked for before without its name, which it can be where it is the only one of its document. */
  private unnamed(query: string, operationName: string | undefined): Kept | undefined {
    const kept = operationName ? this.operations.get(query) : undefined;
    return kept?.operation.node.name?.value === operationName ? kept : undefined;
  }

  private tryPrepare(query: string, operationName: string | undefined): Operation {
    try {
      return this.prepare(query, operationName);
    } catch (thrown) {
      // What is nested without end overflows the stack of the parser or of a validation rule.
      if (!(thrown instanceof RangeError)) throw thrown;
      throw RequestError.of('GRAPHQL_PARSE_FAILED', 'The document is nested too deeply');
    }
  }

  private prepare(query: string, operationName: string | undefined): Operation {
    const { introspection, suggestions, limits } = this.options;
    const asked = parseDocument(query, limits.maxTokens);
    // Before validation, whose work grows with the square of what it is given.
    const size = sizeOf(asked);
    refuseTooLarge(size, limits);
    const rules = [...specifiedRules, noReservedNames, ...(introspection ? [] : [noIntrospection])];
    const errors = validate(this.schema, asked, rules, {
      hideSuggestions: !suggestions,
    });
    if (errors.length > 0) throw refused('GRAPHQL_VALIDATION_FAILED', errors);
    const document = withoutDefer(asked);
    const node = chosenOperation(document, operationName);
    return new Operation(this.compilation, document, node, size, defers(asked) ? asked : undefined);
  }
}

/** The text itself for most requests, whose hash is known by then; no document begins with a name and a NUL. */
const keyOf = (query: string, operationName: string | undefined): string =>
  operationName ? `${operationName}\0${query}` : query;

/** How the parser says that it stopped at the limit. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more that \d+ tokens/;

function parseDocument(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (thrown) {
    if (thrown instanceof GraphQLError && TOO_MANY_TOKENS.test(thrown.message)) {
      const what = 'The document has too many tokens';
      throw limitExceeded('TOKEN_LIMIT_EXCEEDED', what, maxTokens);
    }
    if (thrown instanceof GraphQLError) throw refused('GRAPHQL_PARSE_FAILED', [thrown]);
    throw thrown;
  }
}

function chosenOperation(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const named = operationName
    ? operations.filter((operation) => operation.name?.value === operationName)
    : operations;
  const [chosen] = named;
  if (!chosen) {
    const message = operationName ? `Unknown operation "${operationName}"` : 'No operation to run';
    throw RequestError.of('OPERATION_RESOLUTION_FAILURE', message);
  }
  if (named.length > 1) {
    const message = 'The document holds several operations: say which by operationName';
    throw RequestError.of('OPERATION_RESOLUTION_FAILURE', message);
  }
  return chosen;
}

function refused(code: ErrorCode, errors: readonly GraphQLError[]): RequestError {
  return new RequestError(
    errors.map(({ message, locations }) => ({ message, locations, extensions: { code } })),
    400,
  );
}

function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value !== '__schema') return;
      const message = 'Introspection is off: __schema cannot be asked for';
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

/** By these, plans hand subgraphs what they are asked about. */
const RESERVED_VARIABLES = /^(__|representations$|contextualArgument_)/;

/** Refuses the one alias that would change an object instead of being a field of it, and variables of plans. */
function noReservedNames(context: ValidationContext): ASTVisitor {
  const refuse = (what: string, node: ASTNode): void =>
    context.reportError(new GraphQLError(`${what} is reserved`, { nodes: node }));
  return {
    VariableDefinition(node) {
      const { value } = node.variable.name;
      if (RESERVED_VARIABLES.test(value)) refuse(`The variable $${value}`, node);
    },
    Field(node) {
      if (node.alias?.value === '__proto__') refuse('The alias __proto__', node);
    },
  };
}
