import { CALLER_HEADER } from '../protection/caller-header.ts';
import type { RequestHeaders } from './request-headers.ts';

/** What the router tells subgraphs of the connection or the request itself: no header of the client's says the same. */
const OF_NO_HEADER: ReadonlySet<string> = new Set(['*', 'x-forwarded-for', 'x-request-id']);

/** Collects which headers of the client's an answer depends on, by the `vary` of the subgraphs' answers that it is made of. */
export class Variation {
  private readonly named = new Set<string>();

  /** `requestHeaders` knows what rules make subgraphs' headers of. */
  constructor(private readonly requestHeaders: RequestHeaders | undefined) {}

  /** Takes over the `vary` of one answer. */
  add(subgraph: string, vary: readonly string[]): void {
    for (const name of vary) {
      this.named.add(name);
      if (name === CALLER_HEADER) this.named.add('authorization');
      for (const source of this.requestHeaders?.sourcesOf(subgraph, name) ?? []) {
        this.named.add(source);
      }
    }
  }

  /** Whether a cache cannot tell by requests' headers which of them the answer is for. */
  get isUnknown(): boolean {
    return [...this.named].some((name) => OF_NO_HEADER.has(name));
  }

  /** The `vary` of the whole; undefined when it depends on no header. */
  get text(): string | undefined {
    return this.named.size > 0 ? [...this.named].join(', ') : undefined;
  }
}
