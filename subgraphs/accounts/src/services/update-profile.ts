import { unauthenticated, type Caller, type Database } from '@crema/kit';
import { User } from '../entities/user.ts';
import type { UpdateProfileInput } from '../inputs/user-inputs.ts';
import { readLocale } from './locale.ts';
import { nameOf } from './person-name.ts';
import { changeUser } from './user-facts.ts';

/** Changes what people tell of themselves. */
export class UpdateProfile {
  constructor(private readonly database: Database) {}

  run(caller: Caller, { name, phone, locale }: UpdateProfileInput): Promise<User> {
    const id = caller.requireId();
    return this.database.transaction(async (tx) => {
      const user = await tx.lock(User, id);
      if (!user) throw unauthenticated();
      const changes = {
        ...(name !== undefined && name !== null && nameOf(name)),
        ...(phone !== undefined && { phone }),
        ...(locale !== undefined && { locale: readLocale(locale) }),
      };
      return changeUser(tx, user, changes);
    });
  }
}
