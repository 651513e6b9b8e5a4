import type { ObjectLiteral } from 'typeorm';
import type { Key, RowChanges } from './rows.ts';

/** A row as its transaction sees it; null when it looked and there was none. */
export interface Known {
  readonly row: ObjectLiteral | null;
  readonly isLocked: boolean;
}

type Answer = Promise<readonly ObjectLiteral[]>;

/** What a unit of work knows of one table, and what it has yet to write there. */
export class TrackedRows {
  readonly known = new Map<string, Known>();
  private readonly inserts = new Map<string, ObjectLiteral>();
  private readonly updates = new Map<string, RowChanges<ObjectLiteral>>();
  private readonly asked = new Map<string, { keys: Map<string, Key>; answer: Answer }>();
  private nameless = 0;

  get hasWaiting(): boolean {
    return this.inserts.size > 0 || this.updates.size > 0;
  }

  /** What waits to be written to a row that is there. */
  pending(text: string): object | undefined {
    return this.updates.get(text)?.changes;
  }

  /** Two with one key both go to the database, whose business it is to refuse them. */
  insert(text: string | null, row: ObjectLiteral): void {
    const isNameless = text === null || this.inserts.has(text);
    this.inserts.set(isNameless ? `#${this.nameless++}` : text, row);
  }

  /** A row that is yet to be inserted carries its changes itself. */
  update(text: string, { key, changes }: RowChanges<ObjectLiteral>): void {
    if (this.inserts.has(text)) return;
    this.updates.set(text, { key, changes: { ...this.pending(text), ...changes } });
  }

  /** What waits, which then waits no more. */
  drain(): { inserts: ObjectLiteral[]; updates: RowChanges<ObjectLiteral>[] } {
    const waiting = { inserts: [...this.inserts.values()], updates: [...this.updates.values()] };
    this.inserts.clear();
    this.updates.clear();
    return waiting;
  }

  /** Takes over what a layer above has come to know and to change. */
  take(above: TrackedRows): void {
    for (const [text, known] of above.known) {
      this.known.set(text, known);
      // The row that waits here was copied and changed above.
      const isCopy = known.row !== null && this.inserts.has(text) && !above.inserts.has(text);
      if (isCopy) this.inserts.set(text, known.row!);
    }
    for (const [text, row] of above.inserts) this.insert(text.startsWith('#') ? null : text, row);
    for (const [text, change] of above.updates) this.update(text, change);
  }

  /** Asks for these keys with all that is asked in the same breath; the answer has it all. */
  ask(
    question: string,
    wanted: Iterable<[string, Key]>,
    read: (keys: ReadonlyMap<string, Key>) => Answer,
  ): Answer {
    let together = this.asked.get(question);
    if (!together) {
      const keys = new Map<string, Key>();
      const answer = afterThisBreath().then(() => {
        this.asked.delete(question);
        return read(keys);
      });
      together = { keys, answer };
      this.asked.set(question, together);
    }
    for (const [text, key] of wanted) together.keys.set(text, key);
    return together.answer;
  }
}

/** Once everything that can go on without waiting has done so, as DataLoader waits for its keys. */
const afterThisBreath = (): Promise<void> =>
  new Promise((resolve) => void Promise.resolve().then(() => process.nextTick(resolve)));
