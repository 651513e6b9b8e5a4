/** How long each of many things took, in milliseconds. */
export class Latencies {
  private readonly values: number[] = [];

  add(ms: number): void {
    this.values.push(ms);
  }

  get count(): number {
    return this.values.length;
  }

  percentile(percent: number): number {
    const sorted = [...this.values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
  }

  toString(): string {
    const [p50, p90, p99] = [50, 90, 99].map((percent) => this.percentile(percent).toFixed(1));
    return `p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms`;
  }
}

/** Does the work again and again, by so many at once, for so long. Returns the seconds that it took in all. */
export async function repeat(
  atOnce: number,
  seconds: number,
  work: (worker: number) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: atOnce }, async (_, worker) => {
      while (performance.now() < end) await work(worker);
    }),
  );
  return (performance.now() - start) / 1000;
}
