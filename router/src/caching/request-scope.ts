import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { CALLER_HEADER } from '../protection/caller-header.ts';
import { claimsOfCaller, type Claims } from '../protection/caller.ts';
import type { CachePolicy } from './cache-control.ts';

/** Headers that differ from request to request and say nothing of what is asked for. */
const ASIDE: ReadonlySet<string> = new Set([
  ...['x-request-id', 'traceparent', 'tracestate', 'baggage', 'x-forwarded-for', 'user-agent'],
  ...['accept', 'content-type'],
]);

/** Headers that say who asks. */
const IDENTITY: ReadonlySet<string> = new Set([CALLER_HEADER, 'authorization', 'cookie']);

const NOBODY = 'nobody';

/** So many callers are remembered, so that their header is read once. */
const MAX_CALLERS = 10_000;
const callers = new LRUCache<string, string>({ max: MAX_CALLERS });

/** Among whom the answers to a request may be shared, by the headers that it has for the subgraph. */
export class RequestScope {
  private readonly shared: string;
  private readonly own: string;
  private readonly isNobody: boolean;

  constructor(headers: Readonly<Record<string, string>>) {
    const identity: string[] = [];
    const others: string[] = [];
    for (const [name, value] of Object.entries(headers)) {
      if (IDENTITY.has(name)) {
        const who = name === CALLER_HEADER ? callerIn(value) : value;
        if (who !== NOBODY) identity.push(JSON.stringify([name, who]));
      } else if (!ASIDE.has(name)) others.push(JSON.stringify([name, value]));
    }
    this.isNobody = identity.length === 0;
    const around = others.sort().join();
    this.shared = `all|${around}|`;
    this.own = `own|${identity.sort().join()}|${around}|`;
  }

  /** Where an answer may be: what everybody may see, and what this caller alone may. */
  keysOf(asked: string): readonly [shared: string, own: string] {
    return [this.shared + asked, this.own + asked];
  }

  /** Where an answer is kept; undefined when it cannot be told whom else it is for. */
  keyFor(asked: string, { scope, vary }: CachePolicy): string | undefined {
    if (vary.some((name) => name === '*' || ASIDE.has(name))) return undefined;
    const [shared, own] = this.keysOf(asked);
    const isOfCaller = scope !== 'public' || vary.some((name) => IDENTITY.has(name));
    if (!isOfCaller) return shared;
    return scope === 'private' && this.isNobody ? undefined : own;
  }
}

/** The claims in the router's own header, without what each token has anew. */
function callerIn(header: string): string {
  const known = callers.get(header);
  if (known !== undefined) return known;
  const caller = claimsIn(header);
  callers.set(header, caller);
  return caller;
}

function claimsIn(header: string): string {
  const { caller } = decodeJwt<{ caller?: Claims | null }>(header);
  if (!caller) return NOBODY;
  const lasting = Object.entries(claimsOfCaller(caller));
  return JSON.stringify(lasting.sort(([one], [other]) => (one < other ? -1 : 1)));
}
