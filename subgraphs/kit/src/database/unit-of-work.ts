import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import {
  insertRows,
  keyOf,
  keyText,
  selectRows,
  updateRows,
  type Key,
  type ReadOptions,
} from './rows.ts';
import { TrackedRows, type Known } from './tracked-rows.ts';

type Entity = EntityTarget<ObjectLiteral>;

/**
 * The rows that a transaction works on: each is read once and is one object to everybody in the transaction,
 * and what becomes of them is written at the end, a statement for all rows of a kind. So a batch of orders
 * costs about as many statements as a single one. (Fowler's Unit of Work with an Identity Map.)
 *
 * Units lie in layers where several transactions share a commit: each works on a layer of its own, and what
 * it leaves is kept in the one below or dropped.
 */
export class UnitOfWork {
  private readonly tables = new Map<Entity, TrackedRows>();
  /** Whether something of this layer is in the database already, behind a savepoint. */
  private hasSavepoint = false;
  private wentDirect = false;

  constructor(
    private readonly manager: EntityManager,
    private readonly below: UnitOfWork | null = null,
  ) {}

  /** A layer upon this one; one at a time, ended by `keep` or `undo`. */
  layer(): UnitOfWork {
    return new UnitOfWork(this.manager, this);
  }

  /** To be written at the end, or when a statement needs to see them. */
  insert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const metadata = this.manager.connection.getMetadata(entity);
    const table = this.table(entity);
    for (const given of rows) {
      const key = keyOf(metadata, given);
      const text = key === null ? null : keyText(key);
      // Its giver may go on to change it; what is inserted is what was given.
      const row = Object.assign(metadata.create(), given);
      table.insert(text, row);
      if (text !== null) table.known.set(text, { row, isLocked: true });
    }
  }

  /** Changes these columns of the row with this key, which is known to be there. */
  update<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    key: Key,
    changes: Partial<Row>,
  ): void {
    const table = this.table(entity);
    const text = keyText(key);
    const known = this.recall(entity, text);
    if (known?.row) Object.assign(known.row, changes);
    table.update(text, { key, changes });
  }

  /** The rows with these keys, in the order of the keys; those that are not there are left out. */
  async find<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    keys: readonly Key[],
    lock: boolean,
  ): Promise<Row[]> {
    const wanted = new Map(keys.map((key) => [keyText(key), key]));
    const missing = [...wanted].filter(([text]) => {
      const known = this.recall(entity, text);
      return !known || (lock && !known.isLocked);
    });
    if (missing.length > 0) await this.ask(entity, missing, { lock });
    return [...wanted.keys()].sort().flatMap((text) => {
      const row = this.recall(entity, text)?.row;
      return row ? [row as Row] : [];
    });
  }

  /** The rows with these values in a column that is no key. What waits to be written there is written first. */
  async findBy<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    values: readonly string[],
    options: ReadOptions,
  ): Promise<Row[]> {
    await this.writeOut(entity);
    const wanted = new Map(values.map((value) => [value, value]));
    const rows = await this.ask(entity, wanted, options);
    return rows.filter((row) => wanted.has(String(row[options.by!]))) as Row[];
  }

  /**
   * For statements of any kind: everything is written out before, and read anew after, since nobody knows
   * what such a statement changes.
   */
  async direct(): Promise<EntityManager> {
    await this.writeOut();
    await this.mayGoBack();
    this.forget();
    this.wentDirect = true;
    return this.manager;
  }

  /** Statements that read what nothing here can have changed. */
  get reader(): EntityManager {
    return this.manager;
  }

  /** Writes what waits: of one entity, or everything. */
  async writeOut(entity?: Entity): Promise<void> {
    await this.below?.writeOut(entity);
    for (const [each, table] of this.tables) {
      if (!table.hasWaiting || (entity !== undefined && each !== entity)) continue;
      await this.mayGoBack();
      const { inserts, updates } = table.drain();
      await insertRows(this.manager, each, inserts);
      await updateRows(this.manager, each, updates);
    }
  }

  /** Leaves everything to the layer below. */
  async keep(): Promise<void> {
    const { below } = this;
    if (!below) return this.writeOut();
    if (this.hasSavepoint) await this.manager.query('RELEASE SAVEPOINT layer');
    if (this.wentDirect) below.forget();
    for (const [entity, table] of this.tables) below.table(entity).take(table);
  }

  /** Leaves nothing of this layer. */
  async undo(): Promise<void> {
    if (!this.hasSavepoint) return;
    await this.manager.query('ROLLBACK TO SAVEPOINT layer');
    await this.manager.query('RELEASE SAVEPOINT layer');
  }

  /** What a layer writes itself must be taken back when it is undone. */
  private async mayGoBack(): Promise<void> {
    if (!this.below || this.hasSavepoint) return;
    this.hasSavepoint = true;
    await this.manager.query('SAVEPOINT layer');
  }

  private table(entity: Entity): TrackedRows {
    let table = this.tables.get(entity);
    if (!table) {
      table = new TrackedRows();
      this.tables.set(entity, table);
    }
    return table;
  }

  /** What is known of a row. What a lower layer knows is copied: this one may yet be undone. */
  private recall(entity: Entity, text: string): Known | undefined {
    const table = this.table(entity);
    const known = table.known.get(text);
    if (known || !this.below) return known;
    const lower = this.below.recall(entity, text);
    if (!lower) return undefined;
    const copy = lower.row && Object.assign(this.create(entity), lower.row);
    const mine = { row: copy, isLocked: lower.isLocked };
    table.known.set(text, mine);
    return mine;
  }

  private create(entity: Entity): ObjectLiteral {
    return this.manager.connection.getMetadata(entity).create();
  }

  private ask(
    entity: Entity,
    wanted: Iterable<[string, Key]>,
    options: ReadOptions,
  ): Promise<readonly ObjectLiteral[]> {
    const question = `${options.by ?? ''} ${options.lock ?? false}`;
    return this.table(entity).ask(question, wanted, (keys) => this.read(entity, keys, options));
  }

  private async read(
    entity: Entity,
    keys: ReadonlyMap<string, Key>,
    { by, lock = false }: ReadOptions,
  ): Promise<readonly ObjectLiteral[]> {
    const options = by === undefined ? { lock } : { by, lock };
    const rows = await selectRows(this.manager, entity, [...keys.values()], options);
    const remembered = rows.map((row) => this.remember(entity, row, lock));
    if (by === undefined) {
      const { known } = this.table(entity);
      for (const text of keys.keys()) {
        const isUnknown = !known.has(text);
        if (isUnknown) known.set(text, { row: null, isLocked: this.locksAll || lock });
      }
    }
    return remembered;
  }

  /** Where only one writes, whatever is read is locked. */
  private get locksAll(): boolean {
    return this.manager.connection.options.type === 'better-sqlite3';
  }

  /** One row is one object; what waits to be written to it is on it. */
  private remember(entity: Entity, row: ObjectLiteral, lock: boolean): ObjectLiteral {
    const text = this.textOf(entity, row);
    const isLocked = lock || this.locksAll;
    const earlier = this.recall(entity, text);
    if (earlier?.row && (earlier.isLocked || !isLocked)) return earlier.row;
    const current = Object.assign(earlier?.row ?? row, row, this.pending(entity, text));
    this.table(entity).known.set(text, { row: current, isLocked });
    return current;
  }

  private pending(entity: Entity, text: string): object {
    const lower = this.below?.pending(entity, text);
    return { ...lower, ...this.table(entity).pending(text) };
  }

  private textOf(entity: Entity, row: ObjectLiteral): string {
    return keyText(keyOf(this.manager.connection.getMetadata(entity), row)!);
  }

  private forget(): void {
    for (const table of this.tables.values()) table.known.clear();
    this.below?.forget();
  }
}
