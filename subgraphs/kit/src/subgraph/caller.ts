import { SignJWT, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { DomainError, forbidden, unauthenticated } from '../errors.ts';

/** The header by which the router tells a subgraph who asks: a JWS (HS256) that only the router can make. */
export const CALLER_HEADER = 'x-router-caller';

const claimsSchema = z.object({
  sub: z.string(),
  sid: z.string().optional(),
  scope: z.string().default(''),
  roles: z.array(z.string()).default([]),
  /** Identifiers of the places a member of staff works at; `*` is all of them. */
  workplaces: z.array(z.string()).default([]),
});

/** The verified claims of an access token, as accounts issues them. */
export type CallerClaims = z.input<typeof claimsSchema>;

/** Who asks. Every service that touches someone's data is handed one. */
export class Caller {
  static readonly visitor = new Caller(null);

  readonly id: string | null;
  readonly sessionId: string | null;
  readonly scopes: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  readonly workplaces: ReadonlySet<string>;

  constructor(claims: CallerClaims | null) {
    this.id = claims?.sub ?? null;
    this.sessionId = claims?.sid ?? null;
    this.scopes = new Set((claims?.scope ?? '').split(' ').filter(Boolean));
    this.roles = new Set(claims?.roles ?? []);
    this.workplaces = new Set(claims?.workplaces ?? []);
  }

  /** The caller's id; a visitor is refused with UNAUTHENTICATED. */
  requireId(): string {
    if (this.id === null) throw unauthenticated();
    return this.id;
  }

  is(userId: string): boolean {
    return this.id !== null && this.id === userId;
  }

  has(scope: string): boolean {
    return this.scopes.has(scope);
  }

  /** Holds the scope and works at this very place. */
  hasAt(scope: string, placeId: string): boolean {
    return this.has(scope) && (this.workplaces.has('*') || this.workplaces.has(placeId));
  }

  /** Refuses with UNAUTHENTICATED or FORBIDDEN. */
  require(scope: string): void {
    this.requireId();
    if (!this.has(scope)) throw forbidden();
  }

  /** Refuses with UNAUTHENTICATED or FORBIDDEN who may not do this at this place. */
  requireAt(scope: string, placeId: string): void {
    this.requireId();
    if (!this.hasAt(scope, placeId)) throw forbidden();
  }
}

const CACHED_HEADERS = 10_000;

/** Reads the router's header. Without a valid one a request is refused (401, UNSIGNED_CALLER). */
export class CallerVerifier {
  private readonly key: Uint8Array;
  private readonly known = new LRUCache<string, { caller: Caller; expiresAt: number }>({
    max: CACHED_HEADERS,
  });

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.key = new TextEncoder().encode(secret);
  }

  async verify(header: string | undefined): Promise<Caller> {
    if (header === undefined) throw unsigned();
    const now = this.clock.now();
    const known = this.known.get(header);
    if (known && known.expiresAt > now.getTime()) return known.caller;

    const { payload } = await jwtVerify(header, this.key, {
      algorithms: ['HS256'],
      issuer: 'router',
      audience: 'subgraphs',
      requiredClaims: ['exp'],
      currentDate: now,
    }).catch(() => {
      throw unsigned();
    });
    const claims = claimsSchema.nullable().safeParse(payload['caller']);
    if (!claims.success) throw unsigned();
    const caller = claims.data === null ? Caller.visitor : new Caller(claims.data);
    this.known.set(header, { caller, expiresAt: payload.exp! * 1000 });
    return caller;
  }
}

const unsigned = (): DomainError =>
  new DomainError('UNSIGNED_CALLER', 'Ask through the router.', { http: { status: 401 } });

/** Makes the header as the router does: for tests and for tools that call a subgraph directly. */
export function signCaller(
  secret: string,
  claims: CallerClaims | null,
  clock: Clock,
): Promise<string> {
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT({ caller: claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('router')
    .setAudience('subgraphs')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 60)
    .sign(new TextEncoder().encode(secret));
}
