/** What a router tells at `/metrics`, by the rules of Prometheus' text format. */
export class Scrape {
  private readonly types = new Map<string, string>();
  private readonly helps = new Set<string>();
  private readonly values = new Map<string, number>();

  constructor(readonly text: string) {
    for (const line of text.split('\n')) this.read(line);
  }

  static async of(origin: string, headers: Record<string, string> = {}): Promise<Scrape> {
    return new Scrape(await (await fetch(`${origin}/metrics`, { headers })).text());
  }

  /** A number by its name and labels as they are written; undefined where it is not told. */
  value(name: string): number | undefined {
    return this.values.get(name);
  }

  /** All numbers of a metric, by their labels. */
  all(name: string): Record<string, number> {
    const samples = [...this.values].filter(([sample]) => sample.split('{', 1)[0] === name);
    return Object.fromEntries(samples.map(([sample, value]) => [sample.slice(name.length), value]));
  }

  get names(): readonly string[] {
    return [...this.types.keys()];
  }

  private read(line: string): void {
    const [, kind, name = '', told = ''] =
      /^# (HELP|TYPE) ([a-z_][a-z\d_]*) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') this.once(this.helps.has(name), name) && this.helps.add(name);
    else if (kind === 'TYPE') this.once(this.types.has(name), name) && this.types.set(name, told);
    else if (line !== '') this.readSample(line);
  }

  private readSample(line: string): void {
    const [, name = '', labels = '', value = ''] =
      /^([a-z_][a-z\d_]*)((?:\{(?:[a-z_]+="[^"\\]*",?)+\})?) (\S+)$/.exec(line) ?? [];
    // Prometheus reads numbers in any case: Nan, +Inf.
    const isNumber = /^(nan|[+-]?inf)$/i.test(value) || !Number.isNaN(Number(value));
    if (name === '' || !isNumber) throw new Error(`This is no sample: ${line}`);
    const family = this.familyOf(name);
    if (!this.helps.has(family)) throw new Error(`${family} has no help`);
    if (this.once(this.values.has(name + labels), line))
      this.values.set(name + labels, Number(value));
  }

  private familyOf(name: string): string {
    if (this.types.has(name)) return name;
    const family = name.replace(/_(bucket|sum|count)$/, '');
    if (/^(histogram|summary)$/.test(this.types.get(family) ?? '')) return family;
    throw new Error(`${name} has no type`);
  }

  private once(isKnown: boolean, what: string): boolean {
    if (isKnown) throw new Error(`Told twice: ${what}`);
    return true;
  }
}
