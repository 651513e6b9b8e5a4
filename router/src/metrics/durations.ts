/** In seconds: from an answer that was in memory to one that its time limit ends. */
const BOUNDS = [
  ...[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  Infinity,
];

/** The times of one label value. */
interface Series {
  /** How many there were in each bucket, those of the buckets before not counted again. */
  readonly buckets: number[];
  sum: number;
}

/**
 * A histogram of times by one label. It is no histogram of prom-client's, since that writes its labels out as text for each
 * value, which takes ten times as long as counting.
 */
export class Durations {
  private readonly series = new Map<string, Series>();

  constructor(
    private readonly name: string,
    private readonly help: string,
    private readonly label: string,
  ) {}

  observe(value: string, seconds: number): void {
    let series = this.series.get(value);
    if (!series) this.series.set(value, (series = { buckets: BOUNDS.map(() => 0), sum: 0 }));
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    series.buckets[at] = (series.buckets[at] ?? 0) + 1;
    series.sum += seconds;
  }

  /** In the text format of Prometheus. */
  get text(): string {
    const { name, help } = this;
    const head = `# HELP ${name} ${help}\n# TYPE ${name} histogram\n`;
    return head + [...this.series].map((entry) => this.samples(...entry)).join('');
  }

  private samples(value: string, { buckets, sum }: Series): string {
    const { name } = this;
    const label = `${this.label}="${escaped(value)}"`;
    let count = 0;
    const lines = BOUNDS.map((bound, at) => {
      count += buckets[at] ?? 0;
      const le = bound === Infinity ? '+Inf' : bound;
      return `${name}_bucket{${label},le="${le}"} ${count}\n`;
    });
    return lines.join('') + `${name}_sum{${label}} ${sum}\n${name}_count{${label}} ${count}\n`;
  }
}

const escaped = (text: string): string =>
  text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : '\\' + character));
