import type { Random } from '../system/random.ts';

/** Which labels of progressive overrides are on for a request: `@override(from:, label:)` of federation 2.7. */
export interface OverrideLabels {
  /** The same for all requests with the same labels on; empty where the supergraph has none. */
  readonly key: string;
  readonly on: ReadonlySet<string>;
  /** From 0 on and below 100: `percent(N)` is on when it is below N. Undefined where nothing is left to chance. */
  readonly draw: number | undefined;
}

/** What holds where nobody has decided. */
export const NO_LABELS: OverrideLabels = { key: '', on: new Set(), draw: undefined };

/** How labels that are no percentages are decided, and what chance is made of. */
export interface OverridesOptions {
  /** Labels that are on for every request. */
  readonly named: readonly string[];
  readonly random: Random;
}

const PERCENT = /^percent\((\d+(?:\.\d+)?)\)$/;

/**
 * Decides by which labels of a supergraph a request is planned. All draws between two neighbouring percentages are one and the
 * same to the planner, so a supergraph with N percentages has N + 1 plans of an operation, and not one for each request.
 */
export class Overrides {
  private readonly labels: readonly { readonly label: string; readonly percent?: number }[];
  private readonly isByChance: boolean;

  constructor(
    labels: readonly string[],
    private readonly options: OverridesOptions,
  ) {
    this.labels = labels.map((label) => {
      const percent = PERCENT.exec(label)?.[1];
      return percent === undefined ? { label } : { label, percent: Number(percent) };
    });
    this.isByChance = this.labels.some(({ percent }) => percent !== undefined);
  }

  /** The labels that are on for a request, with those named for it alone. `draw` is given where it was drawn before. */
  decide(named: readonly string[] = [], draw?: number): OverrideLabels {
    if (this.labels.length === 0) return NO_LABELS;
    if (!this.isByChance) return this.labelsAt(undefined, named);
    return this.labelsAt(draw ?? this.options.random.next() * 100, named);
  }

  /** All that chance may decide on, to be planned for beforehand. */
  get likely(): readonly OverrideLabels[] {
    if (!this.isByChance) return [this.decide()];
    const percentages = this.labels.flatMap(({ percent = 100 }) => (percent < 100 ? percent : []));
    return [...new Set([0, ...percentages])].map((draw) => this.labelsAt(draw, []));
  }

  private labelsAt(draw: number | undefined, named: readonly string[]): OverrideLabels {
    const areOn = this.labels.map(({ label, percent }) =>
      percent === undefined || draw === undefined
        ? this.options.named.includes(label) || named.includes(label)
        : draw < percent,
    );
    const on = this.labels.filter((_, index) => areOn[index]).map(({ label }) => label);
    return { key: areOn.map(Number).join(''), on: new Set(on), draw };
  }
}
