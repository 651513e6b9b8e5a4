import type { IncomingHttpHeaders } from 'node:http';
import type { Claims } from '../protection/caller.ts';
import { isFor, isHeaderValue, type RequestRule } from './header-rules.ts';
import { isProtectedInRequests, namedByConnection } from './protected-headers.ts';

type Headers = Record<string, string>;

/** Which headers subgraphs get by rules, beside those that all of them get anyway. */
export class RequestHeaders {
  private readonly rules: readonly CompiledRule[];
  private readonly bySubgraph = new Map<string, readonly CompiledRule[]>();

  constructor(rules: readonly RequestRule[]) {
    this.rules = rules.map(compiled);
  }

  /** Those of a client's headers that a rule forwards to any subgraph. */
  picked(headers: IncomingHttpHeaders): Headers {
    const ofConnection = namedByConnection(headers.connection);
    const picked: Headers = {};
    for (const [name, value] of Object.entries(headers)) {
      if (typeof value !== 'string' || ofConnection.includes(name)) continue;
      if (this.isForwarded(name)) picked[name] = value;
    }
    return picked;
  }

  /**
   * What one subgraph gets. `headers` are those that were picked and those that all get; the picked go where a rule says.
   * What a rule inserts cannot be overwritten by what a client sent.
   */
  for(subgraph: string, headers: Readonly<Headers>, claims: Claims | null): Headers {
    const result: Headers = {};
    for (const [name, value] of Object.entries(headers)) {
      if (STANDARD.has(name) || isProtectedInRequests(name) || !this.isForwarded(name)) {
        result[name] = value;
      }
    }
    const rules = this.rulesFor(subgraph);
    for (const { rule } of rules) if (rule.insert !== undefined) delete result[rule.insert];
    const inserted = new Set(rules.map(({ rule }) => rule.insert));
    for (const compiledRule of rules) apply(compiledRule, headers, claims, result, inserted);
    return result;
  }

  /** Which headers of a client's make a header that a subgraph gets, other than the client's own of that name. */
  sourcesOf(subgraph: string, name: string): readonly string[] {
    return this.rulesFor(subgraph).flatMap(({ rule }) => {
      if (rule.insert === name && rule.claim !== undefined) return ['authorization'];
      return rule.as === name && rule.forward !== undefined ? [rule.forward] : [];
    });
  }

  private isForwarded(name: string): boolean {
    return !isProtectedInRequests(name) && this.rules.some((rule) => rule.forwards(name));
  }

  private rulesFor(subgraph: string): readonly CompiledRule[] {
    const known = this.bySubgraph.get(subgraph);
    if (known) return known;
    const rules = this.rules.filter(({ rule }) => isFor(rule, subgraph));
    this.bySubgraph.set(subgraph, rules);
    return rules;
  }
}

/** What of a client's headers all subgraphs get without any rule. */
export const STANDARD: ReadonlySet<string> = new Set([
  ...['user-agent', 'accept-language', 'cookie', 'traceparent'],
]);

interface CompiledRule {
  readonly rule: RequestRule;
  forwards(name: string): boolean;
}

function compiled(rule: RequestRule): CompiledRule {
  const { forward, forwardMatching } = rule;
  const pattern = forwardMatching === undefined ? undefined : new RegExp(forwardMatching);
  return { rule, forwards: (name) => name === forward || pattern?.test(name) === true };
}

function apply(
  { rule, forwards }: CompiledRule,
  headers: Readonly<Headers>,
  claims: Claims | null,
  result: Headers,
  inserted: ReadonlySet<string | undefined>,
): void {
  if (rule.remove !== undefined) delete result[rule.remove];
  if (rule.insert !== undefined) {
    const value = rule.claim === undefined ? rule.value : textOf(claims?.[rule.claim]);
    if (value !== undefined && isHeaderValue(value)) result[rule.insert] = value;
  }
  if (rule.forward !== undefined) {
    const target = rule.as ?? rule.forward;
    const value = headers[rule.forward] ?? rule.default;
    if (value !== undefined && !inserted.has(target)) result[target] = value;
  }
  if (rule.forwardMatching === undefined) return;
  for (const [name, value] of Object.entries(headers)) {
    const isOpen = !isProtectedInRequests(name) && !inserted.has(name);
    if (isOpen && forwards(name)) result[name] = value;
  }
}

/** A claim as the text of a header: lists by commas, nothing for what has no plain text. */
function textOf(claim: unknown): string | undefined {
  if (typeof claim === 'string') return claim;
  if (typeof claim === 'number' || typeof claim === 'boolean') return String(claim);
  if (!Array.isArray(claim)) return undefined;
  const texts = claim.map(textOf);
  return texts.every((text) => text !== undefined) ? texts.join(',') : undefined;
}
