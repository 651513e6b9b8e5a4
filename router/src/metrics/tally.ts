/**
 * Counts by two labels. It is kept apart from what is shown of it, because a count is added to on the way of each request
 * and looked at every few seconds.
 */
export class Tally {
  private readonly counts = new Map<string, Map<string, number>>();

  /** Adds one to the count that has these labels. */
  add(first: string, second: string): void {
    let row = this.counts.get(first);
    if (!row) this.counts.set(first, (row = new Map()));
    row.set(second, (row.get(second) ?? 0) + 1);
  }

  /** Every count with its labels. */
  *[Symbol.iterator](): Generator<readonly [first: string, second: string, count: number]> {
    for (const [first, row] of this.counts) {
      for (const [second, count] of row) yield [first, second, count];
    }
  }
}
