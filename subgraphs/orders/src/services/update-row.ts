import type { Transaction } from '@crema/kit';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/**
 * Writes these columns of the row with this key. The counterpart of kit's `insert` and `find`: placing and
 * confirming an order makes five updates, and TypeORM's query builder takes five times as long for each.
 */
export async function updateRow<Row extends ObjectLiteral>(
  { manager }: Transaction,
  entity: EntityTarget<Row>,
  key: string,
  changes: Partial<Row>,
): Promise<void> {
  const metadata = manager.connection.getMetadata(entity);
  const { driver } = manager.connection;
  const parameters: unknown[] = [];
  const assignments = Object.entries(changes).map(([property, value]) => {
    const column = metadata.findColumnWithPropertyName(property)!;
    const index = parameters.push(driver.preparePersistentValue(value, column)) - 1;
    return `${driver.escape(column.databaseName)} = ${driver.createParameter(property, index)}`;
  });
  const index = parameters.push(key) - 1;
  const name = driver.escape(metadata.primaryColumns[0]!.databaseName);
  await manager.query(
    `UPDATE ${driver.escape(metadata.tableName)} SET ${assignments.join(', ')} WHERE ${name} = ${driver.createParameter('key', index)}`,
    parameters,
  );
}
