import type { GraphQLFormattedError } from 'graphql';
import type { DeferredErrors } from './deferred-errors.ts';
import { concern, Output, type DeferredSite } from './output.ts';
import type { ResponsePath } from './place.ts';
import type { ResponseNames } from './response-names.ts';
import type { AnswerPart, Run } from './run.ts';
import type { Write } from './writer.ts';

/** What writing an answer in parts needs. */
export interface DeferredAnswerOptions {
  /** Writes what is told first. */
  readonly write: Write;
  readonly introspected: Readonly<Record<string, unknown>>;
  readonly errors: DeferredErrors;
  /** The fragments that are fetched for; others are there as soon as what is told before them. */
  readonly fetched: ReadonlySet<string>;
  /** What clients call the deferred fragments. */
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
  readonly responseNames: ResponseNames;
  tell(part: AnswerPart): void;
}

/** Writes an answer in parts, each as soon as it can be told: what is around it was told, and what it needs is fetched. */
export class DeferredAnswer {
  private readonly ready = new Map<string, readonly GraphQLFormattedError[]>();
  /** Where fragments are still to be told, by label. */
  private readonly waiting = new Map<string, DeferredSite[]>();
  /** Of the part that was written last. */
  private output: Output | undefined;

  constructor(
    private readonly run: Run,
    private readonly options: DeferredAnswerOptions,
  ) {}

  /** Tells what is not deferred, which is fetched by now. */
  first(): void {
    const { run, options } = this;
    const { isVisitor } = run.request;
    const errors = options.errors.take(undefined, run.errors);
    this.output = new Output(options.introspected, isVisitor, errors, run.shared);
    const data = options.write(this.output, run.data) ?? 'null';
    this.expect(this.output.deferred);
    errors.push(...this.lost());
    this.tell(`${options.responseNames.errorsText(errors)}"data":${data},`);
    this.tellReady();
  }

  /** A fragment is fetched, with these errors. */
  fetched(label: string, errors: readonly GraphQLFormattedError[]): void {
    this.ready.set(label, errors);
    if (this.output) this.tellReady();
  }

  private tellReady(): void {
    const expected = this.waiting.size;
    const items: string[] = [];
    for (let label = this.nextReady(); label !== undefined; label = this.nextReady()) {
      items.push(...this.items(label));
    }
    if (items.length > 0) this.tell(`"incremental":[${items.join(',')}],`);
    else if (expected > 0 && this.waiting.size === 0) this.tell('');
  }

  private nextReady(): string | undefined {
    return [...this.waiting.keys()].find(
      (label) => this.ready.has(label) || !this.options.fetched.has(label),
    );
  }

  /** A fragment at each of its places. */
  private items(label: string): string[] {
    const sites = (this.waiting.get(label) ?? []).filter(
      ({ path }) => !this.output?.isWithinNull(path),
    );
    this.waiting.delete(label);
    const errors = this.options.errors.take(label, this.ready.get(label) ?? []);
    const items = sites.map(({ path, write }) => {
      const found = errors.filter((error) => concern(error.path, path));
      return { path, found, data: this.write(write, path, found) };
    });
    const lost = items.length > 0 ? this.lost() : [];
    const told = new Set<GraphQLFormattedError>();
    const { responseNames, clientLabels } = this.options;
    const name = clientLabels.get(label);
    const labelText = name === undefined ? '' : `,"label":${JSON.stringify(name)}`;
    return items.map(({ path, found, data }, index) => {
      // What concerns many places is told at the first one, and where it is why nothing is there.
      const own = data === undefined ? [...found] : found.filter((error) => !told.has(error));
      for (const error of own) told.add(error);
      if (index === items.length - 1) own.push(...lost);
      const pathText = JSON.stringify(responseNames.path(path));
      return `{${responseNames.errorsText(own)}"data":${data ?? 'null'},"path":${pathText}${labelText}}`;
    });
  }

  /** The errors of fragments that nobody will be told, since what they are of is null. */
  private lost(): GraphQLFormattedError[] {
    const sites = [...this.waiting.values()].flat();
    return this.options.errors.takeLost((at) => sites.some(({ path }) => concern(path, at)));
  }

  /** The text of a fragment at one place; undefined when nothing of it can be told. */
  private write(
    write: Write,
    path: ResponsePath,
    errors: GraphQLFormattedError[],
  ): string | undefined {
    const output = this.output?.next(errors, path);
    const data = output && write(output, valueAt(this.run.data, path));
    if (data === undefined) return undefined;
    this.output = output;
    this.expect(output?.deferred ?? []);
    return data;
  }

  private expect(sites: readonly DeferredSite[]): void {
    for (const site of sites) {
      const others = this.waiting.get(site.label);
      if (others) others.push(site);
      else this.waiting.set(site.label, [site]);
    }
  }

  private tell(text: string): void {
    const isLast = this.waiting.size === 0;
    const { cookies } = this.run;
    this.options.tell({ json: `{${text}"hasNext":${!isLast}}`, cookies, isLast });
  }
}

/** What is at a path of the answer now: objects may have been replaced since it was found. */
function valueAt(data: unknown, path: ResponsePath): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | null | undefined)?.[step],
    data,
  );
}
