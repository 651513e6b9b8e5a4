import { inventory, verifyStock } from '@crema/inventory';
import { openEventLog, silentLogger, systemClock, type Database } from '@crema/kit';
import { orders } from '@crema/orders';
import * as contracts from '@crema/schema/events';
import { verifyLedger, wallet } from '@crema/wallet';
import { openExisting } from '../../operations/src/data-dir.ts';
import type { Scratch } from '../src/scratch.ts';

/** Opens one database after the other, and closes each. */
async function looking<Result>(
  opening: Promise<Database>,
  look: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await opening;
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}

/** The ledger sums to zero and is what its entries say; so is the stock. */
export async function checkBooks({ env }: Scratch): Promise<void> {
  const url = env['DATABASE_URL'];
  const ledger = await looking(openExisting(wallet, url), verifyLedger);
  expect(ledger.differences).toEqual([]);
  expect(ledger.entries).toBeGreaterThan(0);
  expect(await looking(openExisting(inventory, url), verifyStock)).toEqual([]);
}

/** Every order that there is. */
export const ordersIn = ({ env }: Scratch): Promise<readonly { id: string; status: string }[]> =>
  looking(openExisting(orders, env['DATABASE_URL']), async ({ read }) => {
    const rows = await read.find<{ id: string; status: string }>('Order', {});
    return rows.map(({ id, status }) => ({ id, status }));
  });

/** The groups that have not handled all there is, and how much is left. */
export async function behind({ env }: Scratch): Promise<readonly string[]> {
  const log = await openEventLog({
    url: env['EVENTS_URL']!,
    clock: systemClock,
    log: silentLogger,
  });
  const lags = await log.lag();
  await log.close();
  return lags
    .filter((each) => each.behind > 0)
    .map((each) => `${each.group} ${each.topic} ${each.partition}: ${each.behind}`);
}

/** How often each event is in the log, by its id, and what was buried. */
export async function readLog({ env }: Scratch) {
  const topics = [
    ...new Set(
      Object.values(contracts as Record<string, unknown>).flatMap((each) =>
        typeof each === 'object' && each !== null && 'topic' in each ? [String(each.topic)] : [],
      ),
    ),
  ];
  const log = await openEventLog({
    url: env['EVENTS_URL']!,
    clock: systemClock,
    log: silentLogger,
  });
  const times = new Map<string, number>();
  const reading = await log.consume('reader', topics, async (events) => {
    for (const { id } of events) times.set(id, (times.get(id) ?? 0) + 1);
  });
  await log.idle();
  await reading.stop();
  const buried = await log.deadLetters();
  await log.close();
  return { times, buried };
}
