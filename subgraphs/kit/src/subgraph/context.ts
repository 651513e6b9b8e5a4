import type { Caller } from './caller.ts';
import { Loaders } from './loaders.ts';

/** What of the client's request a subgraph may see. */
export interface RequestInfo {
  readonly id: string;
  /** The client's address, as the router saw it. */
  readonly address: string;
  readonly userAgent: string | null;
  readonly cookies: ReadonlyMap<string, string>;
}

/** What every resolver is handed. */
export class Context {
  readonly loaders = new Loaders();
  private readonly setCookies: string[];

  constructor(
    readonly caller: Caller,
    readonly request: RequestInfo,
    setCookies: string[] = [],
  ) {
    this.setCookies = setCookies;
  }

  /** Sends a `Set-Cookie` header to the client. */
  setCookie(cookie: string): void {
    this.setCookies.push(cookie);
  }

  get responseCookies(): readonly string[] {
    return this.setCookies;
  }

  /** The same request with nothing read yet: each event of a subscription sees the present. */
  renewed(): Context {
    return new Context(this.caller, this.request, this.setCookies);
  }
}

/** Reads the headers that the router sends. */
export function readRequestInfo(
  headers: Readonly<Record<string, string | undefined>>,
): RequestInfo {
  return {
    id: headers['x-request-id'] ?? 'none',
    address: headers['x-forwarded-for']?.split(',')[0]?.trim() ?? 'unknown',
    userAgent: headers['user-agent'] ?? null,
    cookies: new Map(
      (headers['cookie'] ?? '').split(';').flatMap((pair) => {
        const at = pair.indexOf('=');
        return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
      }),
    ),
  };
}
