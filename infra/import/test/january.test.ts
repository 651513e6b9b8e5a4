import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { requirement } from '@crema/check';
import { stableId } from '@crema/kit';
import { openCrema, readConfig, type Crema } from '@crema/standalone';
import { importAt, removeScratchFolders, rowsIn, scratchFolder } from './support.ts';
import { adminOf, reportOf, type Report } from './figures.ts';

/* A month of a real shop's sales, which is not part of the project: where it is absent, this is left out. */

const FILE = join(import.meta.dirname, '../../../../shared/data/coffee-shop-sales-2023-01.csv.gz');

interface Row {
  readonly store: string;
  readonly date: string;
  readonly hour: number;
  readonly product: string;
  readonly category: string;
  readonly quantity: number;
  readonly cents: number;
}

/** Read by splitting alone: no field of this file has a comma or a quotation mark in it. */
const rowsOf = (file: string): Row[] =>
  gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const cells = line.split(',').map((cell) => cell.trim());
      const [whole = '0', fraction = ''] = cells[7]!.split('.');
      return {
        store: cells[5]!,
        date: cells[1]!,
        hour: Number(cells[2]!.slice(0, 2)),
        product: cells[10]!,
        category: cells[8]!,
        quantity: Number(cells[3]),
        cents: Number(cells[3]) * (Number(whole) * 100 + Number(fraction.padEnd(2, '0'))),
      };
    });

const amount = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** What the rows with one value come to, by that value. */
function sumsBy(rows: readonly Row[], by: (row: Row) => string | number) {
  const sums = new Map<string, { cents: number; orders: number; items: number }>();
  for (const row of rows) {
    const key = String(by(row));
    const sum = sums.get(key) ?? { cents: 0, orders: 0, items: 0 };
    sums.set(key, {
      cents: sum.cents + row.cents,
      orders: sum.orders + 1,
      items: sum.items + row.quantity,
    });
  }
  return sums;
}

requirement('data', existsSync(FILE))("January's sales", () => {
  let crema: Crema;
  let rows: Row[];
  let report: Report;

  beforeAll(async () => {
    const dataDir = scratchFolder();
    const imported = await importAt(dataDir, FILE, { env: { DEMO: 'true' } });
    expect([rowsIn(imported.fresh), imported.content.bad]).toEqual([17_314, 0]);
    const env = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', DEMO: 'true' };
    crema = await openCrema(readConfig(env), env);
    rows = rowsOf(FILE);
    report = await reportOf(await adminOf(crema), { from: '2023-01-01', to: '2023-01-31' });
  }, 300_000);

  afterAll(async () => {
    await crema?.close();
    removeScratchFolders();
  });

  it('are 17,314 and come to 81,677.74', () => {
    expect(rows).toHaveLength(17_314);
    expect(report.salesSummary).toMatchObject({ orders: 17_314, revenue: { amount: '81677.74' } });
  });

  it('are right to the cent by store', () => {
    const told = report.salesByCafe.map(({ cafe, revenue, orders, items }) => [
      cafe!.id,
      revenue.amount,
      orders,
      items,
    ]);
    const ids: Record<string, string> = {
      Astoria: stableId('cafe/astoria'),
      'Lower Manhattan': stableId('cafe/lower-manhattan'),
      "Hell's Kitchen": stableId('cafe/hells-kitchen'),
    };
    const wanted = [...sumsBy(rows, ({ store }) => store)].map(([store, sum]) => [
      ids[store],
      amount(sum.cents),
      sum.orders,
      sum.items,
    ]);
    expect(told.sort()).toEqual(wanted.sort());
  });

  it('are right to the cent by month, day and hour', async () => {
    expect(report.months.map(({ revenue }) => revenue.amount)).toEqual(['81677.74']);
    const days = sumsBy(rows, ({ date }) => date);
    expect(report.days.map(({ revenue, orders }) => [revenue.amount, orders])).toEqual(
      [...days]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([, sum]) => [amount(sum.cents), sum.orders]),
    );
    const hours = sumsBy(rows, ({ hour }) => hour);
    const told = report.salesByHourOfDay.filter(({ orders }) => orders > 0);
    expect(told.map(({ hour, revenue, orders }) => [hour, revenue.amount, orders])).toEqual(
      [...hours]
        .map(([hour, sum]) => [Number(hour), amount(sum.cents), sum.orders] as const)
        .sort(([a], [b]) => a - b),
    );
  });

  it('are right to the cent by category and by product', () => {
    const sorted = (list: (string | number)[][]) =>
      list.map(([name, ...rest]) => [String(name).toLowerCase(), ...rest]).sort();
    const categories = sumsBy(rows, ({ category }) => category);
    expect(
      sorted(
        report.salesByCategory.map(({ category, revenue, items }) => [
          category,
          revenue.amount,
          items,
        ]),
      ),
    ).toEqual(sorted([...categories].map(([name, sum]) => [name, amount(sum.cents), sum.items])));
    const products = sumsBy(rows, ({ product }) => product);
    expect(
      sorted(
        report.topProducts.map(({ productName, revenue, items }) => [
          productName,
          revenue.amount,
          items,
        ]),
      ),
    ).toEqual(sorted([...products].map(([name, sum]) => [name, amount(sum.cents), sum.items])));
  });
});
