import { pause, systemClock, type EventLog } from '@crema/kit';
import { CafeChanged, ProductChanged, SalesImported } from '@crema/schema/events';
import type { Crema } from './crema.ts';

const GROUP = 'analytics';
const TOPICS = [SalesImported.topic, CafeChanged.topic, ProductChanged.topic];

const LOOK_AGAIN_MS = 200;
/** Facts of sales that may wait for analytics while more are told: about 4 MB. */
const MOST_WAITING = 64;
/** Nobody applies anything when so long nothing was applied. */
const STALLED_MS = 60_000;

/** Tells a Crema that runs in other processes by its event log alone, and sees there what it has applied. */
export function cremaElsewhere(place: string, events: EventLog): Crema {
  let told = 0;

  /** How many facts analytics has yet to apply. */
  const behind = async (): Promise<number> => {
    const lags = (await events.lag()).filter(({ group }) => group === GROUP);
    const hasBegun = lags.some(({ topic }) => topic === SalesImported.topic);
    const waiting = lags
      .filter(({ topic }) => TOPICS.includes(topic))
      .reduce((sum, lag) => sum + lag.behind, 0);
    return hasBegun ? waiting : Math.max(told, waiting);
  };

  /** False when it stays above that for long and nothing goes on. */
  const untilBehind = async (most: number): Promise<boolean> => {
    let last = await behind();
    let changedAt = systemClock.now().getTime();
    while (last > most) {
      await pause(systemClock, LOOK_AGAIN_MS);
      const now = systemClock.now().getTime();
      const next = await behind();
      if (next !== last) changedAt = now;
      else if (now - changedAt > STALLED_MS) return false;
      last = next;
    }
    return true;
  };

  let isStalled = false;
  return {
    place,
    events,
    async tell(facts) {
      await events.append(facts);
      told += facts.length;
      // They wait in the log for whoever applies them; waiting for nobody would not help.
      if (!isStalled) isStalled = !(await untilBehind(MOST_WAITING));
    },
    async until(isSo) {
      const end = systemClock.now().getTime() + STALLED_MS;
      for (;;) {
        if (await isSo()) return true;
        if (systemClock.now().getTime() > end) return false;
        await pause(systemClock, LOOK_AGAIN_MS);
      }
    },
    applied: async () => !isStalled && untilBehind(0),
  };
}
