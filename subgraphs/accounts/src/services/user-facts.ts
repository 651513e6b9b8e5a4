import type { Transaction } from '@crema/kit';
import { UserChanged } from '@crema/schema/events';
import { User } from '../entities/user.ts';

export const userData = ({ name, email, phone, roles, workplaces, locale }: User) => ({
  name,
  email,
  phone,
  roles: [...roles],
  workplaces: [...workplaces],
  ...(locale !== null && { locale }),
});

/** Writes what of a person may change, and tells the others. */
export async function changeUser(
  tx: Transaction,
  user: User,
  changes: Partial<
    Pick<User, 'name' | 'nameKey' | 'phone' | 'locale' | 'roles' | 'workplaces' | 'isAdmin'>
  >,
): Promise<User> {
  if (Object.keys(changes).length === 0) return user;
  tx.update(User, user.id, changes);
  Object.assign(user, changes);
  tx.publish(UserChanged, user.id, userData(user));
  return user;
}
