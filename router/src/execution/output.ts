import type { GraphQLFormattedError } from 'graphql';
import type { Variables } from './conditions.ts';
import type { ResponsePath } from './place.ts';

/** Withheld fields are told one by one up to this many in an answer; all of them are null. */
const MAX_REFUSALS = 100;

/** The text of an answer in the making, and where in the answer the writing is. */
export class Output {
  text = '';
  readonly path: (string | number)[] = [];
  private refusals = 0;

  constructor(
    readonly variables: Variables,
    /** What is written for fields of introspection, by response name. */
    readonly introspected: Readonly<Record<string, unknown>>,
    private readonly isVisitor: boolean,
    private readonly errors: GraphQLFormattedError[],
  ) {}

  /** A value that breaks the schema, unless an error already says why something is missing here. */
  reportInvalid(message: string): void {
    if (this.errors.some((error) => concern(error.path, this.path))) return;
    const extensions = { code: 'INVALID_SUBGRAPH_RESPONSE' };
    this.errors.push({ message, path: [...this.path], extensions });
  }

  /** Something that is withheld from the caller. */
  reportWithheld(what: string): void {
    this.refusals += 1;
    if (this.refusals > MAX_REFUSALS) return;
    this.errors.push({ ...refusal(what, this.isVisitor), path: [...this.path] });
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
