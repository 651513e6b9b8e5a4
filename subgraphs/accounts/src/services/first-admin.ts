import type { Database, Ids } from '@crema/kit';
import type { AccountsConfig } from '../config.ts';
import { User } from '../entities/user.ts';
import type { SetRoles } from './set-roles.ts';
import type { SignUp } from './sign-up.ts';

/** Makes the admin that a new installation is told of, unless there is one: nobody else could name one. */
export async function makeFirstAdmin(
  given: AccountsConfig['firstAdmin'],
  database: Database,
  signUp: SignUp,
  setRoles: SetRoles,
  ids: Ids,
): Promise<void> {
  if (!given || (await database.read.existsBy(User, { isAdmin: true }))) return;
  const user = await signUp.newUser(ids.next(), { ...given, name: 'Admin' });
  await database.transaction(async (tx) => {
    await signUp.register(tx, user);
    await setRoles.makeFirstAdmin(tx, user);
  });
}
