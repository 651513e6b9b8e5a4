import { Money } from '@crema/kit';
import type { ImportResult, Tally } from './import-sales.ts';
import type { Report } from './report.ts';

const count = (value: number): string => value.toLocaleString('en');

/** What an import did, or a dry run would do, in lines for people. */
export function summaryOf(result: ImportResult, report: Report, isDryRun: boolean): string[] {
  const { content, plan } = result;
  const would = isDryRun ? 'would be ' : '';
  const cafes = [...plan.cafes.values()].map(({ store, slug, found }) => {
    const what = found ? `${slug}, which ${isDryRun ? 'would be' : 'was'} opened` : slug;
    return `  store ${store.id} ${store.name} → café ${what}${salesAt(result, store.id)}`;
  });
  const taken = [...plan.products.values()].filter(({ found }) => found);
  const products = isDryRun
    ? taken.map(
        ({ product, sku, category }) =>
          `  product ${product.id} ${product.name} → ${sku}, ${category}`,
      )
    : [];
  return [
    ...cafes,
    `${count(plan.products.size)} products, of which ${count(taken.length)} ${would}taken in` +
      `${taken.some(({ found }) => found?.isSold === false) ? ', archived' : ''}.`,
    ...products,
    `${count(content.lines)} lines: ${count(rows(result.fresh))} ${would}imported, ` +
      `${count(rows(result.known))} known before, ${count(content.repeated)} repeated, ` +
      `${count(report.count)} left out.`,
    ...leftOut(report),
  ];
}

function salesAt({ plan, fresh, known }: ImportResult, storeId: string): string {
  const { currency } = plan.cafes.get(storeId)!;
  const told = (name: string, tally: Tally | undefined) =>
    tally
      ? [`${count(tally.rows)} ${name}, ${String(new Money(tally.revenueMinor, currency))}`]
      : [];
  const parts = [...told('new', fresh.get(storeId)), ...told('known', known.get(storeId))];
  return parts.length > 0 ? `: ${parts.join('; ')}` : '';
}

const rows = (tallies: ReadonlyMap<string, Tally>): number =>
  [...tallies.values()].reduce((sum, tally) => sum + tally.rows, 0);

function leftOut({ first, count: all, path }: Report): string[] {
  if (all === 0) return [];
  const told = first.map(
    ({ line, column, reason }) => `  line ${line}: ${column ? `${column} ` : ''}${reason}`,
  );
  return [...told, `All ${count(all)} with their reasons: ${path}`];
}
