import type { GraphQLFormattedError } from 'graphql';
import type { ResponsePath } from './place.ts';
import type { SharedObjects } from './shared-objects.ts';
import type { Write } from './writer.ts';

/** Withheld fields are told one by one up to this many in an answer; all of them are null. */
const MAX_REFUSALS = 100;

/** An object that was written but for a deferred fragment. */
export interface DeferredSite {
  readonly label: string;
  /** From the root of the answer. */
  readonly path: ResponsePath;
  /** Writes the object with what the fragment asks of it. */
  readonly write: Write;
}

/** An answer in the making, or a part of one: where in it the writing is, and what could not be written. */
export class Output {
  /** Fields and indexes on the way here; what lies beyond `depth` is left from elsewhere. */
  private readonly steps: (string | number)[];
  private depth: number;
  private refusals = 0;
  /** How often something was told that depends on where it was written. */
  remarks = 0;
  /** The places where objects and lists are null in this part and in those before. */
  private nulls = new Set<string>();
  /** What was left for later, within what is written and not null. */
  readonly deferred: DeferredSite[] = [];

  constructor(
    /** What is written for fields of introspection, by response name. */
    private readonly introspected: Readonly<Record<string, unknown>>,
    private readonly isVisitor: boolean,
    private readonly errors: GraphQLFormattedError[],
    readonly shared: SharedObjects,
    /** Where the part belongs in the answer. */
    path: ResponsePath = [],
  ) {
    this.steps = [...path];
    this.depth = path.length;
  }

  /** Goes on with another part of the same answer, at a place of it. */
  next(errors: GraphQLFormattedError[], path: ResponsePath): Output {
    const { introspected, isVisitor, shared } = this;
    const output = new Output(introspected, isVisitor, errors, shared, path);
    output.refusals = this.refusals;
    output.nulls = new Set(this.nulls);
    return output;
  }

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
    this.remarks += 1;
    const path = this.steps.slice(0, this.depth);
    if (this.errors.some((error) => concern(error.path, path))) return;
    this.errors.push({ message, path, extensions: { code: 'INVALID_SUBGRAPH_RESPONSE' } });
  }

  /** Tells that something is withheld from the caller. */
  withheld(what: string): undefined {
    this.remarks += 1;
    this.refusals += 1;
    if (this.refusals > MAX_REFUSALS) return;
    this.errors.push({ ...refusal(what, this.isVisitor), path: this.steps.slice(0, this.depth) });
  }

  /** Leaves a fragment of the object that was written last for later. */
  defer(label: string, write: Write): void {
    this.deferred.push({ label, path: this.steps.slice(0, this.depth), write });
  }

  /** The text in place of what could not be written, which stays null in all parts; nothing in it is told later. */
  nulled(): string {
    this.nulls.add(this.key());
    const path = this.steps.slice(0, this.depth);
    for (let last = this.deferred.at(-1); last; last = this.deferred.at(-1)) {
      if (last.path.length < path.length || !concern(last.path, path)) break;
      this.deferred.pop();
    }
    return 'null';
  }

  /** Whether what is here was told to be null before. */
  isNulled(): boolean {
    return this.nulls.size > 0 && this.nulls.has(this.key());
  }

  /** Whether what is at a path, or something around it, was told to be null before. */
  isWithinNull(path: ResponsePath): boolean {
    if (this.nulls.size === 0) return false;
    return path.some((_, index) => this.nulls.has(JSON.stringify(path.slice(0, index + 1))));
  }

  private key(): string {
    return JSON.stringify(this.steps.slice(0, this.depth));
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
export function concern(path: ResponsePath | undefined, other: ResponsePath): boolean {
  if (!path) return true;
  const shared = Math.min(path.length, other.length);
  for (let index = 0; index < shared; index += 1) {
    if (path[index] !== other[index]) return false;
  }
  return true;
}
