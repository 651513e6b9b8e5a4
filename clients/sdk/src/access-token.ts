/** What an access token says of itself. It is not verified: who wrote it does not matter here. */
export interface TokenFacts {
  readonly subject: unknown;
  readonly endsAtMs: number;
}

/** Undefined for a token that is no JWT or never ends. */
export function factsOf(token: string): TokenFacts | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { sub, exp } = JSON.parse(atob(payload)) as { sub?: unknown; exp?: unknown };
    return typeof exp === 'number' ? { subject: sub, endsAtMs: exp * 1_000 } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two tokens are about the same person. */
export const areOfOne = (one: string, other: string): boolean =>
  factsOf(one)?.subject === factsOf(other)?.subject;
