import type { Variables } from '../execution/conditions.ts';
import type { Answer } from '../execution/run.ts';
import type { OverrideLabels } from '../planning/overrides.ts';
import type { Caller } from '../protection/caller.ts';
import type { Changes } from './changes.ts';
import { headersKey } from './request-key.ts';
import { SharedWork } from './shared-work.ts';
import type { CancelSignal } from '../system/cancellation.ts';

/** What decides on the answer to a client. */
export interface ClientQuestion {
  /** Of the supergraph that serves it, so that a new one has other operations. */
  readonly operation: object;
  readonly variables: Variables;
  /** By which labels of progressive overrides it is planned. */
  readonly labels: OverrideLabels;
  /** One object for one token, and one for all visitors. */
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
  /** Decides on what the answer tells caches, also where nobody looks at the credentials. */
  readonly hasCredentials: boolean;
  readonly signal: CancelSignal | undefined;
  execute(signal: CancelSignal | undefined): Promise<Answer>;
}

/**
 * Executes equal queries of clients that come at the same time once. They are equal when everything is that a subgraph
 * or a rule of ours may look at: so two users never share, whatever they ask. An answer that sets cookies is for one client.
 */
export class SharedAnswers {
  private readonly executions: SharedWork<Answer>;
  private readonly numbers = new WeakMap<object, number>();
  private lastNumber = 0;

  constructor(
    changes: Changes,
    private readonly ignoredHeaders: ReadonlySet<string>,
  ) {
    this.executions = new SharedWork(changes, ({ cookies }) => cookies.length > 0);
  }

  to({
    operation,
    variables,
    labels,
    caller,
    headers,
    hasCredentials,
    signal,
    execute,
  }: ClientQuestion): Promise<Answer> {
    const who = `${this.numberOf(caller)}:${hasCredentials}:${labels.key}:${headersKey(headers, this.ignoredHeaders)}`;
    return this.executions.answer({
      kind: operation,
      key: `${who.length}:${who}${JSON.stringify(variables)}`,
      signal,
      ask: execute,
    });
  }

  private numberOf(object: object): number {
    let number = this.numbers.get(object);
    if (number === undefined) this.numbers.set(object, (number = this.lastNumber += 1));
    return number;
  }
}
