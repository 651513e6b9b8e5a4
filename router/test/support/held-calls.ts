import type { SubgraphRequest, SubgraphResponse, SubgraphTransport } from '../../src/index.ts';

/** A call that was made and that a test ends as it likes. */
export interface HeldCall {
  readonly request: SubgraphRequest;
  answer(response: SubgraphResponse): void;
  fail(reason: unknown): void;
}

/** A way to a subgraph on which calls wait for the test. A call that is aborted fails, as over HTTP. */
export class HeldCalls implements SubgraphTransport {
  /** Those that were made and have not ended. */
  readonly underWay: HeldCall[] = [];
  made = 0;

  execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    this.made += 1;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        const at = this.underWay.indexOf(call);
        // Whoever asked may give up after its end, too.
        if (at >= 0) this.underWay.splice(at, 1);
      };
      const call: HeldCall = {
        request,
        answer(response) {
          end();
          resolve(response);
        },
        fail(reason) {
          end();
          reject(reason as Error);
        },
      };
      this.underWay.push(call);
      request.signal?.addEventListener('abort', () => call.fail(request.signal?.reason));
    });
  }

  async *subscribe(): AsyncGenerator<SubgraphResponse, void> {
    yield { data: { event: 1 } };
  }
}

/** A query for a subgraph, the same each time but for what is told. */
export const asking = (given: Partial<SubgraphRequest> = {}): SubgraphRequest => ({
  query: 'query { hello }',
  variables: {},
  headers: {},
  ...given,
});

/** How a promise ended, or that it has not. */
export function outcomeOf(promise: Promise<unknown>): { current: unknown } {
  const outcome: { current: unknown } = { current: 'waiting' };
  promise.then(
    (value) => (outcome.current = value),
    (reason: unknown) => (outcome.current = reason),
  );
  return outcome;
}

/** Lets everything happen that is about to. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
