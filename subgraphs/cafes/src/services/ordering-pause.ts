import { refused, type Caller } from '@crema/kit';
import type { Cafe } from '../entities/cafe.ts';
import type { CafeEditor } from './cafe-editor.ts';

const LONGEST_REASON = 200;

/** Lets the staff of a café stop taking orders for a while. */
export class OrderingPause {
  constructor(private readonly editor: CafeEditor) {}

  /** Customers see the reason. Pausing again replaces it. */
  async pause(caller: Caller, cafeId: string, reason: string): Promise<Cafe> {
    caller.requireAt('queue:work', cafeId);
    const orderingPausedReason = reason.trim();
    if (orderingPausedReason === '' || orderingPausedReason.length > LONGEST_REASON) {
      const message = `The reason must have 1 to ${LONGEST_REASON} characters.`;
      throw refused('INVALID_INPUT', message, ['reason']);
    }
    const deed = { action: 'cafes.pauseOrdering', details: orderingPausedReason };
    return this.editor.change(caller, { id: cafeId, field: 'cafeId' }, deed, () => ({
      orderingPausedReason,
    }));
  }

  async resume(caller: Caller, cafeId: string): Promise<Cafe> {
    caller.requireAt('queue:work', cafeId);
    const deed = { action: 'cafes.resumeOrdering', details: null };
    return this.editor.change(caller, { id: cafeId, field: 'cafeId' }, deed, () => ({
      orderingPausedReason: null,
    }));
  }
}
