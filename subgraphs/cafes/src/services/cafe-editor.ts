import { refused, type Caller, type Clock, type Database, type Transaction } from '@crema/kit';
import { Cafe } from '../entities/cafe.ts';
import { publishPrivilegedWrite, type PrivilegedWrite } from '@crema/schema/events';
import { publishCafe } from '../events/cafe-events.ts';

/** What a member of staff did, for the audit log. */
export type Deed = Pick<PrivilegedWrite, 'action' | 'details'>;

/** Writes a café, tells everybody, and leaves a trace of who did it: all or nothing. */
export class CafeEditor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  add(caller: Caller, cafe: Cafe, deed: Deed): Promise<Cafe> {
    return this.database.transaction(async (tx) => {
      const [known] = await tx.findMany(Cafe, [cafe.slug], { by: 'slug' });
      if (known) throw refused('SLUG_TAKEN', 'Another café has this slug.', ['slug']);
      tx.insert(Cafe, cafe);
      this.publish(tx, caller, cafe, deed);
      return cafe;
    });
  }

  /** Applies what `change` gives for the café as it is; when nothing differs, nothing is written. */
  change(
    caller: Caller,
    { id, field }: { id: string; field: string },
    deed: Deed,
    change: (cafe: Cafe) => Partial<Cafe>,
  ): Promise<Cafe> {
    return this.database.transaction(async (tx) => {
      const cafe = await tx.lock(Cafe, id);
      if (!cafe) throw refused('NOT_FOUND', 'There is no such café.', [field]);
      const changes = differing(cafe, change(cafe));
      if (Object.keys(changes).length === 0) return cafe;
      tx.update(Cafe, id, changes);
      this.publish(tx, caller, Object.assign(cafe, changes), deed);
      return cafe;
    });
  }

  private publish(tx: Transaction, caller: Caller, cafe: Cafe, deed: Deed): void {
    publishCafe(tx, cafe);
    publishPrivilegedWrite(tx, {
      ...deed,
      actorId: caller.requireId(),
      target: `Cafe:${cafe.id}`,
      at: this.clock.now(),
    });
  }
}

const differing = (cafe: Cafe, changes: Partial<Cafe>): Partial<Cafe> =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify(cafe[name as keyof Cafe]),
    ),
  );
