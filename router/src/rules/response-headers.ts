import { namesIn } from '../caching/cache-control.ts';
import type { SubgraphResponse } from '../transport/subgraph-transport.ts';
import { strictest } from './cache-control.ts';
import { isFor, type ResponseRule } from './header-rules.ts';
import { isProtectedInResponses, namedByConnection } from './protected-headers.ts';
import type { RequestHeaders } from './request-headers.ts';
import { Variation } from './variation.ts';

const CACHE_CONTROL = 'cache-control';

/** Collects what the subgraphs' answers to one request tell its client by their headers. */
export class ResponseHeaders {
  private readonly told = new Map<string, string>();
  private readonly cacheControls: (string | undefined)[] = [];
  private readonly variation: Variation;

  /**
   * `isForOne` says that the request had credentials; an answer with a cookie is for one, too. Caches that many share keep the
   * answer to such a request when it says `public` (RFC 9111, 3.5), and what subgraphs say so of are parts: it is for us to tell
   * whether the whole is for everybody.
   */
  constructor(
    private readonly rules: readonly ResponseRule[],
    private isForOne: boolean,
    requestHeaders?: RequestHeaders,
  ) {
    this.variation = new Variation(requestHeaders);
  }

  /** Takes over what rules forward of one answer; undefined for one that did not come. */
  add(subgraph: string, response: SubgraphResponse | undefined): void {
    const headers = textsOf(response?.headers ?? {});
    const ofConnection = namedByConnection(headers.get('connection'));
    const isFaulty = !response || !!response.errors?.length;
    // Whatever rules there are for a subgraph: it is the whole that is kept.
    this.variation.add(subgraph, namesIn(headers.get('vary') ?? ''));
    // A cookie is for one client, and with it all that it comes with.
    if (headers.has('set-cookie')) this.isForOne = true;
    for (const rule of this.rules) {
      if (!isFor(rule, subgraph)) continue;
      if (rule.forward === CACHE_CONTROL) {
        this.cacheControls.push(isFaulty ? undefined : headers.get(CACHE_CONTROL));
        continue;
      }
      for (const [name, value] of headers) {
        if (isProtectedInResponses(name) || name === CACHE_CONTROL || ofConnection.includes(name))
          continue;
        const isMeant = name === rule.forward || matches(rule.forwardMatching, name);
        if (isMeant) this.tell(rule.as ?? name, value, rule.merge);
      }
    }
  }

  /**
   * The headers of the answer to the client. One that is not whole is kept by nobody, though all subgraphs may have answered
   * well: some errors are ours, such as those of what is withheld, and of what comes later nothing is known yet.
   */
  all(isWhole: boolean): Record<string, string> {
    const all = Object.fromEntries(this.told);
    const { isUnknown, text: vary } = this.variation;
    if (vary !== undefined) all['vary'] = vary;
    const cacheControls = isWhole && !isUnknown ? this.cacheControls : [undefined];
    for (const rule of this.rules) {
      if (rule.forward === CACHE_CONTROL && cacheControls.length > 0) {
        all[rule.as ?? CACHE_CONTROL] = strictest(cacheControls, this.isForOne);
      }
      if (rule.insert !== undefined && rule.value !== undefined) all[rule.insert] = rule.value;
      if (rule.remove !== undefined) delete all[rule.remove];
    }
    return all;
  }

  private tell(name: string, value: string, merge: ResponseRule['merge']): void {
    const before = this.told.get(name);
    if (merge === 'first' && before !== undefined) return;
    this.told.set(name, merge === 'all' && before !== undefined ? `${before}, ${value}` : value);
  }
}

const matches = (pattern: string | undefined, name: string): boolean =>
  pattern !== undefined && new RegExp(pattern).test(name);

function textsOf(headers: NonNullable<SubgraphResponse['headers']>): Map<string, string> {
  return new Map(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : value.join(', '),
    ]),
  );
}
