import type { EntityManager } from 'typeorm';

/** Takes away what `makeImmutable` made, as somebody would who tampers with a database. */
export async function makeMutable(manager: EntityManager, table: string): Promise<void> {
  const on = manager.connection.options.type === 'postgres' ? ` ON ${table}` : '';
  for (const action of ['update', 'delete']) {
    await manager.query(`DROP TRIGGER ${table}_no_${action}${on}`);
  }
}
