import { formatDecimal, type Clock } from '@crema/kit';
import {
  MOST_IMPORTED_LINES,
  PastProductFound,
  PastStoreFound,
  SalesImported,
} from '@crema/schema/events';
import { readCatalogue } from './catalogue.ts';
import type { Crema } from './crema.ts';
import { ImportError } from './import-error.ts';
import { stageKnownSales } from './known-sales.ts';
import type { Mapping } from './mapping.ts';
import { makePlan, type Plan } from './plan.ts';
import type { Progress } from './progress.ts';
import { readFile, type FileContent } from './read-file.ts';
import type { Report } from './report.ts';
import { catalogueFacts, salesImported, salesOf, type Sale } from './sales-events.ts';
import { sizeOf } from './sales-file.ts';
import { Staging, type StagedRow } from './staging.ts';

export interface ImportOptions {
  readonly file: string;
  readonly mapping: Mapping;
  /** Whether products that are taken in are sold from now on. */
  readonly isSold: boolean;
  /** Tells what would be done, and does nothing. */
  readonly isDryRun: boolean;
}

export interface ImportDeps {
  readonly crema: Crema;
  readonly report: Report;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Ends the import after what is under way. */
  readonly signal: AbortSignal;
}

/** Sales of one café, or of all. */
export interface Tally {
  rows: number;
  items: number;
  revenueMinor: number;
}

export interface ImportResult {
  readonly content: FileContent;
  readonly plan: Plan;
  /** What is new, by the store's id. */
  readonly fresh: ReadonlyMap<string, Tally>;
  /** What was there before, by the store's id. */
  readonly known: ReadonlyMap<string, Tally>;
  /** False when it was stopped before the end of the file. */
  readonly isComplete: boolean;
  /** False when Crema has yet to apply some of it. */
  readonly isApplied: boolean;
}

/** Facts that are handed over at once: about 2 MB. */
const TOLD_AT_ONCE = 32;

/**
 * Brings the sales of a file into the event log, each once however often it is asked for. Reads the whole file
 * before it changes anything. Throws ImportError where a person must do something first.
 */
export async function importSales(options: ImportOptions, deps: ImportDeps): Promise<ImportResult> {
  const { crema, progress, report, clock } = deps;
  const staging = new Staging();
  try {
    progress.begin('reading', await sizeOf(options.file));
    const content = await readFile(options.file, staging, report, (bytes) => progress.reach(bytes));
    progress.end();
    deps.signal.throwIfAborted();

    const { mapping, isDryRun } = options;
    const catalogue = await readCatalogue(crema.events);
    const plan = makePlan(content.stores, content.products, catalogue, options);
    await stageKnownSales(crema.events, mapping.source, staging);
    if (!isDryRun) await createMissing(plan, crema, clock);

    progress.begin(isDryRun ? 'comparing' : 'importing', staging.count());
    const told = await tellSales(plan, staging, options, deps);
    const isApplied = isDryRun || (await crema.applied());
    if (!isDryRun) await requireNoneBuried(crema);
    progress.end();
    return { content: { ...content, bad: report.count }, plan, ...told, isApplied };
  } finally {
    staging.close();
  }
}

/** Lets the owners of cafés and menu make what the sales need, and waits for it. */
async function createMissing(plan: Plan, crema: Crema, clock: Clock): Promise<void> {
  const facts = catalogueFacts(plan, clock);
  if (facts.length === 0) return;
  await crema.events.append(facts);
  const isThere = await crema.until(async () => {
    const { cafes, products } = await readCatalogue(crema.events);
    return facts.every(({ key }) => cafes.has(key) || products.has(key));
  });
  if (isThere) return;
  throw new ImportError(
    'Crema does not make the cafés and products that are missing: are cafes and menu running? ' +
      'No sale was imported; the same command goes on from here.',
  );
}

/** What a consumer could not apply after all its tries is not lost, and not counted either. */
async function requireNoneBuried({ events }: Crema): Promise<void> {
  const topics = [SalesImported.topic, PastStoreFound.topic, PastProductFound.topic];
  const letters = await events.deadLetters();
  const buried = letters.filter(({ event }) => topics.includes(event.topic));
  if (buried.length === 0) return;
  throw new ImportError(
    `${buried.length} facts of imports could not be applied: npm run events -- dlq list says why.`,
  );
}

async function tellSales(
  plan: Plan,
  staging: Staging,
  { mapping, isDryRun }: ImportOptions,
  { crema, progress, report, clock, signal }: ImportDeps,
): Promise<Pick<ImportResult, 'fresh' | 'known' | 'isComplete'>> {
  const fresh = new Map<string, Tally>();
  const known = new Map<string, Tally>();
  let facts: ReturnType<typeof salesImported>[] = [];
  let done = 0;
  const hand = async () => {
    if (facts.length > 0) await crema.tell(facts);
    facts = [];
    progress.reach(done);
  };
  for (const storeDay of staging.storeDays()) {
    for (const rows of staging.rowsOf(storeDay, MOST_IMPORTED_LINES)) {
      if (signal.aborted) {
        await hand();
        return { fresh, known, isComplete: false };
      }
      const missing: Sale[] = [];
      for (const [index, sale] of salesOf(storeDay, rows, plan).entries()) {
        const before = rows[index]!.known;
        if (!before) missing.push(sale);
        const difference = before && differenceOf(sale, before);
        if (difference) {
          const reason = `${sale.transactionId} was imported before with ${difference}`;
          report.add({ line: sale.line, column: 'transaction_id', reason });
        } else count(before ? known : fresh, storeDay.storeId, sale);
      }
      done += rows.length;
      if (missing.length === 0 || isDryRun) continue;
      facts.push(salesImported(mapping.source, plan.cafes.get(storeDay.storeId)!, missing, clock));
      if (facts.length >= TOLD_AT_ONCE) await hand();
    }
  }
  await hand();
  return { fresh, known, isComplete: true };
}

function count(tallies: Map<string, Tally>, storeId: string, sale: Sale): void {
  const tally = tallies.get(storeId) ?? { rows: 0, items: 0, revenueMinor: 0 };
  tally.rows += 1;
  tally.items += sale.quantity;
  tally.revenueMinor += sale.quantity * sale.unitPriceMinor;
  tallies.set(storeId, tally);
}

/** In what a sale of the file differs from the one that was imported; null when in nothing. */
function differenceOf(sale: Sale, known: NonNullable<StagedRow['known']>): string | null {
  if (sale.cafeId !== known.cafeId) return 'another café';
  if (sale.productId !== known.productId) return 'another product';
  if (sale.quantity !== known.quantity) return `transaction_qty ${known.quantity}`;
  if (sale.unitPriceMinor !== known.unitPriceMinor) {
    return `unit_price ${formatDecimal(known.unitPriceMinor, 2, 2)}`;
  }
  if (sale.at !== known.at) return `the time ${new Date(known.at * 1_000).toISOString()}`;
  return null;
}
