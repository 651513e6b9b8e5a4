import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People may say in which language they are written to. */
export class UserLocale1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // MySQL commits at once: a migration that was cut off finds its column made.
    if (await runner.hasColumn('users', 'locale')) return;
    await runner.query('ALTER TABLE users ADD COLUMN locale varchar(35)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN locale');
  }
}
