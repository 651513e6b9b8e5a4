/**
 * Counts what clients can have heard of: a mutation that ended, an event, an invalidation. Who asks after it must
 * not be given the answer to a question from before it.
 */
export class Changes {
  private happenedSoFar = 0;

  /** How many there have been; equal numbers mean that nothing has changed in between. */
  get count(): number {
    return this.happenedSoFar;
  }

  happened(): void {
    this.happenedSoFar += 1;
  }
}
