import {
  applyFacts,
  type Clock,
  type Documents,
  type EventLog,
  type Ids,
  type LoggedEvent,
} from '@crema/kit';
import { consumersInto, SILENT } from '../events/consumers.ts';
import { emptyBooks } from './books.ts';
import type { Edition } from './edition.ts';
import { openEditions, RebuildReplacedError, type Editions } from './editions.ts';

export interface RebuildDeps {
  readonly documents: Documents;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Is told how many events of the log have been read so far. */
  onProgress?(events: number): void;
}

export interface RebuildReport {
  /** How many events of the log were read. */
  readonly events: number;
  /** Facts that the live read models could not take in either, and that lie among the dead letters. */
  readonly buried: number;
}

const GROUP = 'analytics';

/**
 * Makes all read models again from the first event of the log, beside those that figures are told from, and then
 * tells figures from the new ones. Crema may be running, in any number of processes: from the beginning they
 * apply each new fact to both sets, and a fact that both they and the rebuild apply counts once. So the new set
 * has everything as soon as all that was in the log after the beginning is read.
 *
 * When it fails or is killed, figures are told from where they were told before. Throws RebuildReplacedError when
 * another one has begun meanwhile.
 */
export async function rebuildAnalytics(deps: RebuildDeps): Promise<RebuildReport> {
  const { documents, events, clock, ids } = deps;
  const editions = await openEditions(documents, clock);
  const rebuildId = ids.next();
  const next = await editions.begin(rebuildId);
  try {
    await emptyBooks(next.books);
    const report = await fill(next, deps);
    await editions.finish(rebuildId);
    return report;
  } catch (error) {
    if (!(error instanceof RebuildReplacedError)) await editions.giveUp(rebuildId);
    throw error;
  }

  async function fill(edition: Edition, { onProgress }: RebuildDeps): Promise<RebuildReport> {
    const consumers = consumersInto(edition, SILENT);
    const topics = [...new Set(consumers.map(({ contract }) => contract.topic))];
    const letters = await events.deadLetters(GROUP);
    const dead = new Set(letters.map(({ event }) => event.id));
    let read = 0;
    let buried = 0;
    await events.read(topics, async (batch) => {
      try {
        await applyFacts(consumers, batch);
      } catch {
        for (const event of batch) if (!(await applyOne(event))) buried += 1;
      }
      read += batch.length;
      onProgress?.(read);
    });
    return { events: read, buried };

    /** False for a fact that the live read models lack as well. */
    async function applyOne(event: LoggedEvent): Promise<boolean> {
      try {
        await applyFacts(consumers, [event]);
        return true;
      } catch (error) {
        if (dead.has(event.id)) return false;
        throw new Error(`${event.type} ${event.id}: ${(error as Error).message}`, { cause: error });
      }
    }
  }
}

/** Ends an unfinished rebuild, as after a crash: until then facts are applied to its read models, too. */
export async function giveUpRebuild(documents: Documents, clock: Clock): Promise<boolean> {
  const editions: Editions = await openEditions(documents, clock);
  return editions.giveUp();
}
