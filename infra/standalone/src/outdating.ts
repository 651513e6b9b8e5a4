import type { EventLog } from '@crema/kit';
import type { Invalidation, InvalidationEvents } from '@crema/router';

/** What of the router's cache the events of each topic make old. */
export const OUTDATED: Readonly<Record<string, readonly Invalidation[]>> = {
  'menu.products': [{ subgraph: 'menu' }],
  // A new café has a menu, too.
  'cafes.cafes': [{ subgraph: 'cafes' }, { subgraph: 'menu' }],
};

/** The events after which the router has to ask anew. */
export const outdating = (events: EventLog): InvalidationEvents => ({
  async listen(invalidate) {
    const following = await events.follow(
      Object.keys(OUTDATED),
      ({ topic }) => void invalidate(OUTDATED[topic] ?? []),
    );
    return () => following.stop();
  },
});
