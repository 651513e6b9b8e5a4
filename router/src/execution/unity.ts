import type { PlanNode, PlanPath } from '../planning/plan.ts';
import { fetchesOf } from '../planning/plan-fetches.ts';
import { fieldsOf, isField, ToldFields } from '../planning/told-fields.ts';

/** What a fetch tells of the objects at a path. */
interface Telling {
  readonly fields: readonly string[];
  readonly told: ToldFields;
}

/**
 * At which paths of a plan equal objects may become one: where all that is added to them later is added to each alike. So no
 * fetch but the one that told them goes there from further out, since it may tell different things of them by what they are
 * in, none goes there, or beyond, for what is in objects of some types alone, and none takes arguments from around.
 */
export class Unity {
  private readonly tellings: Telling[] = [];
  private readonly entityPaths: PlanPath[] = [];
  private takesContext = false;

  constructor(node: PlanNode) {
    for (const { fetch, path } of fetchesOf(node)) {
      if (fetch.kind === 'RootFetch') {
        const told = new ToldFields().add(fetch, fetch.outputRewrites);
        this.tellings.push({ fields: fieldsOf(path), told });
        continue;
      }
      if (fetch.contextArguments.length > 0) this.takesContext = true;
      for (const { paths, responseName, outputRewrites } of fetch.batches) {
        const told = new ToldFields().add(fetch, outputRewrites, responseName);
        for (const beneath of paths) {
          const full = [...path, ...beneath];
          this.entityPaths.push(full);
          this.tellings.push({ fields: fieldsOf(full), told });
        }
      }
    }
  }

  allows(path: PlanPath): boolean {
    const fields = fieldsOf(path);
    const tellers = this.tellings.filter(({ fields: outer, told }) => {
      return (
        outer.length < fields.length && isWithin(outer, fields) && reaches(told, fields, outer)
      );
    });
    return (
      !this.takesContext &&
      tellers.length <= 1 &&
      !this.entityPaths.some(
        (one) => isWithin(fields, fieldsOf(one)) && isConditionalWithin(one, fields.length),
      )
    );
  }
}

/** Whether one path leads to another, or past it. */
function isWithin(outer: readonly string[], fields: readonly string[]): boolean {
  return outer.every((field, index) => fields[index] === field);
}

function reaches(
  told: ToldFields,
  fields: readonly string[],
  { length }: readonly string[],
): boolean {
  let at: ToldFields | undefined = told;
  for (const field of fields.slice(length)) at = at?.get(field);
  return at !== undefined;
}

/** Whether a path goes on with objects of some types alone before so many fields. */
function isConditionalWithin(path: PlanPath, depth: number): boolean {
  let fields = 0;
  for (const step of path) {
    if (fields >= depth) return false;
    if (isField(step)) fields += 1;
    else if (typeof step !== 'string') return true;
  }
  return false;
}
