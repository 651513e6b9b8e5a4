import { AUTHENTICATED, policyCredential, scopeCredential } from './requirement.ts';

/** The claims of a verified token, as its issuer wrote them. */
export type Claims = Readonly<Record<string, unknown>>;

/** The claims that tell two tokens of one caller apart, and no two callers (RFC 7519, 4.1). */
const OF_THE_TOKEN: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf', 'jti']);

/** What a token says of who asks, without what each token has anew. */
export const claimsOfCaller = (claims: Claims): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !OF_THE_TOKEN.has(name)));

/** Who asks: someone with a verified token, or a visitor without one. */
export interface Caller {
  readonly claims: Claims | null;
  /** Whom the token is about, its `sub`; undefined for a visitor. */
  readonly subject: string | undefined;
  /** What the caller may use to satisfy a requirement of the schema. */
  readonly credentials: ReadonlySet<string>;
  /** When the token ends; null for a visitor. */
  readonly expiresAt: Date | null;
}

export const visitor: Caller = {
  claims: null,
  subject: undefined,
  credentials: new Set(),
  expiresAt: null,
};

/** A caller from the claims of a token: `scope` is space-separated, `policies` a list. */
export function callerOf(claims: Claims): Caller {
  const scopes = typeof claims['scope'] === 'string' ? claims['scope'].split(' ') : [];
  const policies = Array.isArray(claims['policies']) ? claims['policies'] : [];
  const expiry = claims['exp'];
  return {
    claims,
    subject: typeof claims['sub'] === 'string' ? claims['sub'] : undefined,
    credentials: new Set([
      AUTHENTICATED,
      ...scopes.filter(Boolean).map(scopeCredential),
      ...policies.filter((name) => typeof name === 'string').map(policyCredential),
    ]),
    expiresAt: typeof expiry === 'number' ? new Date(expiry * 1000) : null,
  };
}
