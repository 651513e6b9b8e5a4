import type { ErrorCode } from '../errors.ts';

/** Why a subgraph did not answer, where that has a code of its own. Others are `SUBGRAPH_UNAVAILABLE`. */
export abstract class SubgraphFailure extends Error {
  abstract readonly code: ErrorCode;
  /** For clients: what is wrong with "The subgraph …". */
  abstract readonly predicate: string;
  /** What `extensions` tell besides the code and the subgraph's name. */
  readonly details: Readonly<Record<string, unknown>> = {};
}

/** It took longer than a call to this subgraph may. */
export class SubgraphTimeoutError extends SubgraphFailure {
  readonly code = 'SUBGRAPH_TIMEOUT';
  readonly predicate = 'did not answer in time';

  constructor(readonly timeoutMs: number) {
    super(`Not answered within ${timeoutMs} ms`);
    this.name = 'SubgraphTimeoutError';
  }
}

/** So many calls are under way and waiting that this one was not made. */
export class SubgraphOverloadedError extends SubgraphFailure {
  readonly code = 'SUBGRAPH_OVERLOADED';
  readonly predicate = 'has too much to do';

  constructor(maxConcurrent: number, maxWaiting: number) {
    super(`${maxConcurrent} calls are under way and ${maxWaiting} wait`);
    this.name = 'SubgraphOverloadedError';
  }
}

/** So many calls have failed of late that none is made for a while. */
export class CircuitOpenError extends SubgraphFailure {
  readonly code = 'SUBGRAPH_UNAVAILABLE';
  readonly predicate = 'is unavailable';
  override readonly details = { reason: 'CIRCUIT_OPEN' };

  constructor() {
    super('Not asked, because too many of the last calls failed');
    this.name = 'CircuitOpenError';
  }
}
