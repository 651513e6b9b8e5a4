import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableColumn } from 'typeorm';

const COLUMNS = { measured: 0, hands_percent: 100, making: 0 };

/** What a café's pace is learned from; one that was measured before is believed as it is. */
export class CafePace1765000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, value] of Object.entries(COLUMNS)) {
      if (await runner.hasColumn('cafe_desks', name)) continue;
      await runner.addColumn(
        'cafe_desks',
        new TableColumn({ name, type: 'int', default: String(value) }),
      );
    }
    await runner.query('UPDATE cafe_desks SET measured = 9');
    await runner.query(
      `UPDATE cafe_desks SET making = (SELECT COUNT(*) FROM orders
       WHERE orders.cafe_id = cafe_desks.id AND orders.queue_at > 0 AND orders.status = 'PREPARING')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(COLUMNS)) await runner.dropColumn('cafe_desks', name);
  }
}
