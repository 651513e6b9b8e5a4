import { refused } from '@crema/kit';
import type { OrderLine } from '../entities/order-line.ts';
import type { OrderRefund, RefundedLine } from '../entities/order-refund.ts';
import type { RefundOrderInput } from '../inputs/order-action-input.ts';

/** Pieces of a line that are to be given back. */
export interface Returned {
  readonly line: OrderLine;
  readonly quantity: number;
}

type Asked = Pick<RefundOrderInput, 'lineIds' | 'lines'>;

/**
 * The pieces that the input names: of `lines` so many, of `lineIds` all that are left. Refuses an unknown line
 * with NOT_FOUND, one of which nothing is left with ALREADY_REFUNDED, more than is left with
 * REFUND_EXCEEDS_ORDERED; null when it names none.
 */
export function readReturned(
  { lineIds, lines }: Asked,
  ordered: readonly OrderLine[],
  refunds: readonly OrderRefund[],
): Returned[] | null {
  const asked: readonly { lineId: string; quantity: number | null }[] | null =
    lines ?? lineIds?.map((lineId) => ({ lineId, quantity: null })) ?? null;
  if (!asked) return null;
  const list = lines ? 'lines' : 'lineIds';
  if (asked.length === 0 || new Set(asked.map(({ lineId }) => lineId)).size < asked.length) {
    throw refused('INVALID_INPUT', 'Name each line once, and at least one.', [list]);
  }
  const left = piecesLeft(ordered, refunds);
  return asked.map(({ lineId, quantity }, index) => {
    const field = (name: string) => [list, String(index), ...(lines ? [name] : [])];
    const line = ordered.find(({ id }) => id === lineId);
    if (!line) throw refused('NOT_FOUND', 'The order has no such line.', field('lineId'));
    const most = left.get(lineId)!;
    if (most === 0) {
      const message = 'All of this line was refunded before.';
      throw refused('ALREADY_REFUNDED', message, field('lineId'));
    }
    if (quantity !== null && quantity > most) {
      const message = `Only ${most} of ${line.productName} can still be refunded.`;
      throw refused('REFUND_EXCEEDS_ORDERED', message, field('quantity'));
    }
    return { line, quantity: quantity ?? most };
  });
}

function piecesLeft(
  ordered: readonly OrderLine[],
  refunds: readonly OrderRefund[],
): ReadonlyMap<string, number> {
  const left = new Map(ordered.map(({ id, quantity }) => [id, quantity]));
  const returned: readonly RefundedLine[] = refunds.flatMap(({ lines }) => lines);
  for (const { lineId, quantity } of returned) left.set(lineId, left.get(lineId)! - quantity);
  return left;
}
