/**
 * What a caller must hold to see something: one of several sets of credentials, each complete.
 * A credential is `authenticated`, `scope:NAME` or `policy:NAME`. No requirement is `undefined`.
 */
export type Requirement = readonly (readonly string[])[];

export const AUTHENTICATED = 'authenticated';
export const scopeCredential = (scope: string): string => 'scope:' + scope;
export const policyCredential = (policy: string): string => 'policy:' + policy;

/** Both at once: every way to satisfy the one joined with every way to satisfy the other. */
export function both(
  first: Requirement | undefined,
  second: Requirement | undefined,
): Requirement | undefined {
  if (!first || !second) return first ?? second;
  const joined = first.flatMap((one) =>
    second.map((other) => [...new Set([...one, ...other])].sort()),
  );
  return withoutSupersets(joined);
}

/** Whether everyone who satisfies `stronger` also satisfies `weaker`. */
export function implies(stronger: Requirement | undefined, weaker: Requirement): boolean {
  return !!stronger && stronger.every((held) => satisfies(new Set(held), weaker));
}

/** Whether these credentials are enough. */
export function satisfies(held: ReadonlySet<string>, requirement: Requirement): boolean {
  return requirement.some((needed) => needed.every((credential) => held.has(credential)));
}

function withoutSupersets(sets: string[][]): Requirement {
  const distinct = new Map(sets.map((set) => [set.join(' '), set]));
  const all = [...distinct.values()];
  return all.filter(
    (set) =>
      !all.some((other) => other !== set && other.every((credential) => set.includes(credential))),
  );
}
