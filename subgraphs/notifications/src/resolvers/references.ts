import { Loader, type Collection, type ResolveReference } from '@crema/kit';
import type { Notification } from '../entities/notification.ts';

export function createReferences(
  notifications: Collection<Notification>,
): Record<string, ResolveReference<unknown>> {
  const byId = new Loader((ids: readonly string[]) => notifications.getMany(ids));
  return {
    User: ({ id }) => ({ id }),
    Notification: async ({ id }, { caller, loaders }) => {
      const found = await loaders.load(byId, id);
      return found && caller.is(found.userId) ? found : null;
    },
  };
}
