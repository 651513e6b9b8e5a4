import type { GraphQLFormattedError } from 'graphql';
import type { Variables } from './conditions.ts';
import type { ResponsePath } from './place.ts';

/** Withheld fields are told one by one up to this many in an answer; all of them are null. */
const MAX_REFUSALS = 100;

/** An answer in the making: where in it the writing is, and what could not be written. */
export class Output {
  /** Fields and indexes on the way here; what lies beyond `depth` is left from elsewhere. */
  private readonly steps: (string | number)[] = [];
  private depth = 0;
  private refusals = 0;

  constructor(
    readonly variables: Variables,
    /** What is written for fields of introspection, by response name. */
    private readonly introspected: Readonly<Record<string, unknown>>,
    private readonly isVisitor: boolean,
    private readonly errors: GraphQLFormattedError[],
  ) {}

  /** Goes into an object or a list. */
  enter(): void {
    this.depth += 1;
  }

  /** Moves to a field or item of what was entered last. */
  at(step: string | number): void {
    this.steps[this.depth - 1] = step;
  }

  /** Returns to what holds the object or list; returns nothing, like `invalid`. */
  leave(): undefined {
    this.depth -= 1;
  }

  /**
   * Tells that a value breaks the schema, unless an error already says why something is missing
   * here. Like `withheld` it returns nothing, which is what is written in such a place.
   */
  invalid(message: string): undefined {
    const path = this.steps.slice(0, this.depth);
    if (this.errors.some((error) => concern(error.path, path))) return;
    this.errors.push({ message, path, extensions: { code: 'INVALID_SUBGRAPH_RESPONSE' } });
  }

  /** Tells that something is withheld from the caller. */
  withheld(what: string): undefined {
    this.refusals += 1;
    if (this.refusals > MAX_REFUSALS) return;
    this.errors.push({ ...refusal(what, this.isVisitor), path: this.steps.slice(0, this.depth) });
  }

  /** The text of a field of introspection. */
  introspectedText(responseName: string): string {
    return JSON.stringify(this.introspected[responseName] ?? null);
  }
}

/** The error for what a caller may not see. */
export function refusal(what: string, isVisitor: boolean): GraphQLFormattedError {
  return isVisitor
    ? { message: `Sign in to see ${what}`, extensions: { code: 'UNAUTHENTICATED' } }
    : { message: `Not allowed to see ${what}`, extensions: { code: 'FORBIDDEN' } };
}

/** Whether an error at one path explains what is missing at the other: either lies within the other. */
function concern(path: ResponsePath | undefined, other: ResponsePath): boolean {
  if (!path) return true;
  const shared = Math.min(path.length, other.length);
  for (let index = 0; index < shared; index += 1) {
    if (path[index] !== other[index]) return false;
  }
  return true;
}
