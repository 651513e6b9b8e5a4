import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/**
 * Writes some properties of many rows in one statement: TypeORM would take one for each. Standard SQL:
 * `SET column = CASE id WHEN … THEN … ELSE column END`.
 */
export async function updateRows<Row extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
  properties: readonly (keyof Row & string)[],
): Promise<void> {
  if (rows.length === 0 || properties.length === 0) return;
  const { driver } = manager.connection;
  const metadata = manager.connection.getMetadata(entity);
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => {
    parameters.push(value);
    return driver.createParameter(`p${parameters.length - 1}`, parameters.length - 1);
  };
  const id = driver.escape('id');
  const assignments = properties.map((property) => {
    const column = metadata.findColumnWithPropertyName(property)!;
    const name = driver.escape(column.databaseName);
    const cases = rows.map((row) => {
      const value: unknown = driver.preparePersistentValue(row[property], column);
      return `WHEN ${parameter(row.id)} THEN ${parameter(value)}`;
    });
    return `${name} = CASE ${id} ${cases.join(' ')} ELSE ${name} END`;
  });
  const ids = rows.map((row) => parameter(row.id)).join(', ');
  await manager.query(
    `UPDATE ${driver.escape(metadata.tableName)} SET ${assignments.join(', ')} WHERE ${id} IN (${ids})`,
    parameters,
  );
}
