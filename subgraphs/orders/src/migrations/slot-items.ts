import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Counts the pieces of a slot's orders beside the orders. */
export class SlotItems1765000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('slot_bookings', 'items'))) {
      const column = new TableColumn({ name: 'items', type: 'int', default: '0' });
      await runner.addColumn('slot_bookings', column);
    }
    await runner.query(
      `UPDATE slot_bookings SET items = COALESCE((SELECT SUM(orders.items) FROM orders
       WHERE orders.slot_id = slot_bookings.id AND orders.closed_reason IS NULL), 0)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('slot_bookings', 'items');
  }
}
