import { LRUCache } from 'lru-cache';
import type { Variables } from '../execution/conditions.ts';
import type { Withheld } from '../protection/authorization.ts';
import { satisfies, type Requirement } from '../protection/requirement.ts';
import type { OverrideLabels } from './overrides.ts';

/** Requests differ by what is withheld and what is skipped; this many kinds are kept for one operation. */
const MAX_VARIANTS = 32;

/** A kind of requests for an operation: what they have rights to, and which of its conditions hold. */
export interface Variant {
  readonly credentials: ReadonlySet<string>;
  readonly conditions: Variables;
  /** Whether they are answered in parts. */
  readonly inParts?: boolean;
}

/** Compiles an operation for requests that differ in nothing that matters. */
export type CompileVariant<Executable> = (
  withheld: Withheld,
  variables: Variables,
  labels: OverrideLabels,
) => Executable;

interface CompiledVariant<Executable> extends Variant {
  readonly executable: Executable;
}

/** An operation as it was compiled for different kinds of requests. */
export class Variants<Executable> {
  private readonly compiled = new LRUCache<string, CompiledVariant<Executable>>({
    max: MAX_VARIANTS,
  });

  constructor(
    private readonly requirements: readonly Requirement[],
    /** The variables that decide what is asked for, or when it is told. */
    private readonly conditions: readonly string[],
    private readonly compile: CompileVariant<Executable>,
  ) {}

  for(credentials: ReadonlySet<string>, variables: Variables, labels: OverrideLabels): Executable {
    const missing = this.requirements.map((needed) => !satisfies(credentials, needed));
    const settled = this.conditions.map((name) => variables[name] === true);
    const key = [...missing, ...settled].map(Number).join('') + labels.key;
    let variant = this.compiled.get(key);
    if (!variant) {
      const executable = this.compile(this.withheldFrom(credentials), variables, labels);
      const conditions = Object.fromEntries(this.conditions.map((name) => [name, variables[name]]));
      variant = { credentials, conditions, executable };
      this.compiled.set(key, variant);
    }
    return variant.executable;
  }

  /** What was compiled, in no order. */
  get inUse(): readonly Variant[] {
    return [...this.compiled.values()].map(({ credentials, conditions }) => {
      return { credentials, conditions };
    });
  }

  /** What it may be compiled for before anybody has asked: visitors and who may see all of it, conditions on and off. */
  get likely(): readonly Variant[] {
    const all = this.requirements.flatMap((alternatives) => alternatives.flat());
    const callers = all.length > 0 ? [new Set<string>(), new Set(all)] : [new Set<string>()];
    const settings = this.conditions.length > 0 ? [true, false] : [true];
    return callers.flatMap((credentials) =>
      settings.map((isOn) => ({
        credentials,
        conditions: Object.fromEntries(this.conditions.map((name) => [name, isOn])),
      })),
    );
  }

  withheldFrom(credentials: ReadonlySet<string>): Withheld {
    return new Set(this.requirements.filter((requirement) => !satisfies(credentials, requirement)));
  }
}
