import type { Clock, Timers } from '../system/clock.ts';
import type { Caller } from './caller.ts';

/** Timers count in 32 bits; a token that lives longer is looked at again after this. */
const MAX_DELAY_MS = 3_600_000;

/** Runs something when the token of a caller ends, at once when it has. Returns what calls that off. */
export function whenExpired(
  { expiresAt }: Caller,
  clock: Clock,
  timers: Timers,
  run: () => void,
): () => void {
  let cancel = (): void => {};
  const look = (endMs: number): void => {
    const leftMs = endMs - clock.now().getTime();
    if (leftMs <= 0) return run();
    cancel = timers.after(Math.min(leftMs, MAX_DELAY_MS), () => look(endMs));
  };
  if (expiresAt) look(expiresAt.getTime());
  return () => cancel();
}
