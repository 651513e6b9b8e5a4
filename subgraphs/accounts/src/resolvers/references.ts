import type { ResolveReference } from '@crema/kit';
import type { User } from '../entities/user.ts';
import type { Users } from '../services/users.ts';

/** Anybody who holds an id may learn the name; the other fields ask who is asking. */
export const references = (people: Users): { User: ResolveReference<User> } => ({
  User: ({ id }, { loaders }) => loaders.load(people.byId, id),
});
