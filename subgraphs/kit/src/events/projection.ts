import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { runConsumers, type Consumer, type ConsumerDeps } from './consumer.ts';
import type { Database } from '../database/database.ts';
import { InboxEntry } from './inbox.ts';

/** A read model of what others own: made of events alone, so that it can be made again. */
export interface Projection {
  readonly name: string;
  /** The group of the consumers that fill it; nothing else is in that group. */
  readonly group: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
}

/** Empties a projection and fills it from the first event on. Nobody else may be consuming for its group. */
export async function rebuildProjection(
  { group, entities }: Projection,
  consumers: readonly Consumer[],
  deps: ConsumerDeps & { database: Database },
): Promise<void> {
  const own = consumers.filter((consumer) => consumer.group === group);
  // First, because it refuses while somebody consumes; facts that come again alone change nothing.
  await deps.events.rewind(group);
  await deps.database.transaction(async (tx) => {
    const manager = await tx.direct();
    for (const entity of entities) {
      await manager.createQueryBuilder().delete().from(entity).execute();
    }
    for (const { name } of own) await manager.delete(InboxEntry, { consumer: name });
  });
  const consumption = await runConsumers(own, deps);
  await deps.events.idle();
  await consumption.stop();
}
