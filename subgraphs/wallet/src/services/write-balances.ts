import type { EntityManager } from 'typeorm';
import { LedgerAccount } from '../entities/ledger-account.ts';

/**
 * Writes the balances of all these accounts in one statement: every payment makes it, and TypeORM's query
 * builder takes longer to write the statement than the database to run it.
 */
export async function writeBalances(
  manager: EntityManager,
  accounts: readonly LedgerAccount[],
): Promise<void> {
  const { driver } = manager.connection;
  const metadata = manager.connection.getMetadata(LedgerAccount);
  const column = (property: keyof LedgerAccount) =>
    driver.escape(metadata.findColumnWithPropertyName(property)!.databaseName);
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => {
    parameters.push(value);
    return driver.createParameter(`p${parameters.length - 1}`, parameters.length - 1);
  };
  // The last branch never runs; it tells PostgreSQL of which type the others are.
  const byId = (property: 'balanceMinor' | 'version') => {
    const branches = accounts.map(
      (account) => `WHEN ${bind(account.id)} THEN ${bind(account[property])}`,
    );
    return `${column(property)} = CASE ${column('id')} ${branches.join(' ')} ELSE ${column(property)} END`;
  };
  const assignments = [byId('balanceMinor'), byId('version')].join(', ');
  const keys = accounts.map(({ id }) => bind(id)).join(', ');
  await manager.query(
    `UPDATE ${driver.escape(metadata.tableName)} SET ${assignments} WHERE ${column('id')} IN (${keys})`,
    parameters,
  );
}
