/** Counts what is under way, so that what it needs is taken away only when the last of it has ended. */
export class Usage {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  begin(): void {
    this.underWay += 1;
  }

  /** Ends what was begun; once for each `begin`. */
  end(): void {
    this.underWay -= 1;
    if (this.underWay === 0) for (const tell of this.waiting.splice(0)) tell();
  }

  /** Does some work that needs it. */
  during<T>(work: () => Promise<T>): Promise<T> {
    this.begin();
    const end = (): void => this.end();
    const result = work();
    result.then(end, end);
    return result;
  }

  /** Resolves as soon as nothing is under way. */
  async idle(): Promise<void> {
    while (this.underWay > 0) await new Promise<void>((tell) => this.waiting.push(tell));
  }
}
