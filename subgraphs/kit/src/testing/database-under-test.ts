import { Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import {
  BigIntColumn,
  BooleanColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  StringColumn,
  TextColumn,
} from '../database/columns.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../database/database.ts';
import type { EventContract } from '../events/event-contract.ts';
import { systemRandom, uuidV7 } from '../ids.ts';
import {
  bigIntType,
  booleanType,
  createTable,
  idType,
  instantType,
  intType,
  makeImmutable,
  nullable,
  stringType,
  textType,
} from '../database/migration.ts';
import type { Transaction } from '../database/transaction.ts';
import { createScratchDatabase } from './scratch-database.ts';

/** A row with a column of every kind. */
@Entity('mugs')
export class Mug {
  @KeyColumn()
  id!: string;

  @StringColumn(50)
  slug!: string;

  @TextColumn()
  story!: string;

  @IntColumn()
  sips!: number;

  @BigIntColumn({ nullable: true, name: 'worth_minor' })
  worthMinor!: number | null;

  @BooleanColumn({ name: 'is_clean' })
  isClean!: boolean;

  @InstantColumn({ name: 'fired_at' })
  firedAt!: Date;

  @JsonColumn()
  marks!: unknown;
}

/** A row that nobody may change. */
@Entity('stamps')
export class Stamp {
  @KeyColumn()
  id!: string;
}

export const mug = (id: string, rest: Partial<Mug> = {}): Mug =>
  Object.assign(new Mug(), {
    id,
    slug: `slug-${id}`,
    story: '',
    sips: 0,
    worthMinor: null,
    isClean: true,
    firedAt: new Date('2026-03-02T15:00:00.000Z'),
    marks: [],
    ...rest,
  });

export const Sipped: EventContract<{ sips: number }> = {
  type: 'tests.mug.sipped',
  version: 1,
  topic: 'tests.mugs',
  data: z.object({ sips: z.int() }),
};

export const times = <Result>(count: number, each: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => each(index));

/** Takes so many sips, and gives how many there were before. */
export const sip = async (tx: Transaction, id: string, count = 1): Promise<number> => {
  const { sips } = (await tx.lock(Mug, id))!;
  tx.update(Mug, id, { sips: sips + count });
  return sips;
};

class MugTables1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await createTable(runner, 'mugs', {
      columns: {
        id: idType(),
        slug: stringType(50),
        story: textType(),
        sips: intType(),
        worth_minor: nullable(bigIntType()),
        is_clean: booleanType(),
        fired_at: instantType(),
        marks: textType(),
      },
      key: ['id'],
      uniques: [['slug']],
    });
    await createTable(runner, 'stamps', { columns: { id: idType() }, key: ['id'] });
    await makeImmutable(runner, 'stamps');
  }

  async down(runner: QueryRunner) {
    for (const table of ['stamps', 'mugs']) await runner.dropTable(table);
  }
}

/** An empty database that any number of replicas open. */
export interface DatabaseUnderTest {
  readonly url: string;
  /** As another process would. */
  open(options?: Partial<Pick<DatabaseOptions, 'url' | 'onStatement'>>): Promise<Database>;
  /** Ends everybody's connections to it, from the server's side. */
  cutConnections(): Promise<void>;
  /** Closes what is open and removes everything. */
  remove(): Promise<void>;
}

/** `server` as `createScratchDatabase` takes it. */
export async function databaseUnderTest(server: string): Promise<DatabaseUnderTest> {
  const scratch = await createScratchDatabase(server);
  const opened: Database[] = [];
  return {
    url: scratch.url,
    cutConnections: scratch.cutConnections,
    async open(changed) {
      const database = await openDatabase({
        url: scratch.url,
        source: 'tests',
        entities: [Mug, Stamp],
        migrations: [MugTables1700000000001],
        clock: systemClock,
        ids: uuidV7(systemClock, systemRandom),
        random: systemRandom,
        ...changed,
      });
      opened.push(database);
      return database;
    },
    async remove() {
      // Some were closed by their test.
      await Promise.allSettled(opened.map((database) => database.close()));
      await scratch.drop();
    },
  };
}
