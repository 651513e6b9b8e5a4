import { RequestError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';
import { nextTurn } from '../system/turn.ts';
import type { OperationStore, OperationText } from './operation-store.ts';
import type { Variant } from './variants.ts';

/** An operation to plan beforehand; without `variants`, for whoever is likely to ask. */
export interface ExpectedOperation extends OperationText {
  readonly variants?: readonly Variant[];
}

/** What a warm-up needs, and where it ends though more is expected: later, plans are made when they are asked for. */
export interface WarmUpOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly maxMs: number;
  readonly maxOperations: number;
}

/**
 * Plans and compiles operations before anybody asks for them, the first ones first. Requests are answered meanwhile.
 * Never rejects: what the supergraph does not allow is left to be told to whoever asks for it.
 */
export async function warmUp(
  store: OperationStore,
  expected: readonly ExpectedOperation[],
  { clock, log, maxMs, maxOperations }: WarmUpOptions,
): Promise<void> {
  const until = clock.now().getTime() + maxMs;
  const failed: string[] = [];
  let warmed = 0;
  for (const each of expected.slice(0, maxOperations)) {
    if (clock.now().getTime() >= until) break;
    try {
      const operation = store.get(each.query, each.operationName);
      for (const variant of each.variants ?? operation.likelyVariants) {
        operation.expect(variant);
      }
      warmed += 1;
    } catch (thrown) {
      const reason = thrown instanceof RequestError ? thrown.message : String(thrown);
      failed.push(`${each.operationName ?? 'unnamed'}: ${reason}`);
    }
    await nextTurn();
  }
  if (failed.length > 0) log.warn({ failed }, 'The supergraph does not allow some operations');
  log.info({ warmed, expected: expected.length }, 'Operations were planned beforehand');
}
