import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { EventContract } from '../events/event-contract.ts';
import type { Ids } from '../ids.ts';
import { OutboxEntry, outboxEntry } from '../events/outbox.ts';
import type { Key, ReadOptions } from './rows.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/**
 * What is written together or not at all. A row that is found is one object to everybody in the transaction.
 * What is inserted and updated is seen by `find`, `findMany` and `lock` at once and written at the end: that
 * another took a unique value first is told by the transaction, not by `insert`.
 */
export class Transaction {
  private readonly entries: OutboxEntry[] = [];
  readonly afterwards: (() => void)[] = [];

  constructor(
    private readonly unit: UnitOfWork,
    private readonly source: string,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  insert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, ...rows: Row[]): void {
    this.unit.insert(entity, rows);
  }

  /** Changes these columns of the row with this key, which is known to be there. */
  update<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    key: Key,
    changes: Partial<Row>,
  ): void {
    this.unit.update(entity, key, changes);
  }

  /** The row of this key, or null. */
  async find<Row extends ObjectLiteral>(entity: EntityTarget<Row>, key: Key): Promise<Row | null> {
    return (await this.unit.find(entity, [key], false))[0] ?? null;
  }

  /** The row of this key, locked until the transaction ends, or null. */
  async lock<Row extends ObjectLiteral>(entity: EntityTarget<Row>, key: Key): Promise<Row | null> {
    return (await this.unit.find(entity, [key], true))[0] ?? null;
  }

  /** The rows with these keys, or these values in another column, in the order of those. */
  findMany<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    keys: readonly string[],
    { by, lock = false }: ReadOptions = {},
  ): Promise<Row[]> {
    return by === undefined
      ? this.unit.find(entity, keys, lock)
      : this.unit.findBy(entity, keys, { by, lock });
  }

  /**
   * For statements of any other kind, at once: what waits is written before, and all rows are read anew
   * after. To be asked for each time.
   */
  direct(): Promise<EntityManager> {
    return this.unit.direct();
  }

  /** For statements that only read what this transaction writes nothing of. */
  get reader(): EntityManager {
    return this.unit.reader;
  }

  /** Publishes a fact with this transaction; `key` is the aggregate's id. Data that breaks the contract throws. */
  publish<Data>(contract: EventContract<Data>, key: string, data: Data): void {
    const { topic, type, version } = contract;
    this.entries.push(
      outboxEntry({
        id: this.ids.next(),
        topic,
        type,
        version,
        key,
        source: this.source,
        time: this.clock.now().toISOString(),
        data: contract.data.parse(data),
      }),
    );
  }

  /** Runs once the transaction is committed, in the order of commits; never when it is undone. */
  afterCommit(work: () => void): void {
    this.afterwards.push(work);
  }

  /** Writes everything, with what was published; true when there is such. Called once, last. */
  async finish(): Promise<boolean> {
    this.unit.insert(OutboxEntry, this.entries);
    await this.unit.keep();
    return this.entries.length > 0;
  }
}
