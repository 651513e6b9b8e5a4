import type { Database } from '@crema/kit';
import { WalletTransaction } from '../entities/wallet-transaction.ts';

export interface Wanted {
  readonly walletId: string;
  readonly limit: number;
  /** Only what is older than this position. */
  readonly before: number | null;
}

/**
 * The newest movements of each of several wallets: as many index look-ups as wallets, in two statements.
 * TypeORM has no UNION; what is written here is standard SQL.
 */
export async function newestOf(
  database: Database,
  wanted: readonly Wanted[],
): Promise<WalletTransaction[][]> {
  const found = await placesOf(database, wanted);
  const rows = await database.findMany(WalletTransaction, [...new Set(found.map(({ id }) => id))], {
    by: 'id',
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.map((_, index) =>
    found
      .filter(({ part }) => Number(part) === index)
      .map(({ id }) => byId.get(id)!)
      .sort((a, b) => Number(b.position) - Number(a.position)),
  );
}

/** SQLite joins at most 500 parts to one statement; a page of wallets has 100. */
const MOST_PARTS = 400;

async function placesOf(
  database: Database,
  wanted: readonly Wanted[],
): Promise<{ part: number; id: string }[]> {
  const { connection } = database.read;
  const { driver } = connection;
  const metadata = connection.getMetadata(WalletTransaction);
  const table = driver.escape(metadata.tableName);
  const column = (property: keyof WalletTransaction) =>
    driver.escape(metadata.findColumnWithPropertyName(property)!.databaseName);
  const places: { part: number; id: string }[] = [];
  for (let start = 0; start < wanted.length; start += MOST_PARTS) {
    const parameters: unknown[] = [];
    const bind = (value: unknown): string => {
      parameters.push(value);
      return driver.createParameter(`p${parameters.length - 1}`, parameters.length - 1);
    };
    const parts = wanted.slice(start, start + MOST_PARTS).map((each, index) => {
      const part = start + index;
      const mine = `${column('walletId')} = ${bind(each.walletId)}`;
      const older = each.before === null ? '' : ` AND ${column('position')} < ${bind(each.before)}`;
      return `SELECT * FROM (SELECT ${part} AS part, ${column('id')} AS id FROM ${table}
        WHERE ${mine}${older} ORDER BY ${column('position')} DESC LIMIT ${each.limit}) AS part_${part}`;
    });
    places.push(...(await database.read.query(parts.join(' UNION ALL '), parameters)));
  }
  return places;
}
