import type { Random } from '@crema/kit';
import { NotificationKind } from '../entities/notification-kind.ts';

/** The longest pauses before the second and the third try. */
const QUICK_PAUSES_MS = [100, 2_000];
/** After those: twice as long each time, until it is the longest. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

const HOUR_MS = 60 * 60_000;

/** How old a message may become that did not go out. Nobody wants to hear tomorrow that today's coffee is ready. */
export const longestAgeMs = (kind: NotificationKind): number =>
  kind === NotificationKind.ORDER_CONFIRMED || kind === NotificationKind.ORDER_READY
    ? 2 * HOUR_MS
    : 24 * HOUR_MS;

/**
 * How long to wait after so many tries, in milliseconds, and at least for as long as the provider asked. The three
 * quick tries have full jitter, the later ones half of it: what failed together does not come back together.
 */
export function pauseAfter(attempts: number, retryAfterMs: number | null, random: Random): number {
  const chance = chanceOf(random);
  const quick = QUICK_PAUSES_MS[attempts - 1];
  const later = FIRST_PAUSE_MS * 2 ** (attempts - 1 - QUICK_PAUSES_MS.length);
  const pause =
    quick === undefined
      ? Math.min(later, LONGEST_PAUSE_MS) * (0.5 + chance / 2)
      : Math.max(1, quick * chance);
  return Math.round(Math.max(pause, (retryAfterMs ?? 0) + QUICK_PAUSES_MS[0]! * chance));
}

/** Evenly from 0 to below 1. */
function chanceOf(random: Random): number {
  const [high, low] = random.bytes(2);
  return (high! * 256 + low!) / 65_536;
}
