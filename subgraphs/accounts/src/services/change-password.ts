import { refused, unauthenticated, type Caller, type Database } from '@crema/kit';
import { User } from '../entities/user.ts';
import type { ChangePasswordInput } from '../inputs/password-inputs.ts';
import type { Limits } from './limits.ts';
import { requireGoodPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

/** Sets a new password for who knows the old one, and ends their other sessions. */
export class ChangePassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly throttle: Throttle,
    private readonly limits: Limits,
  ) {}

  async run(caller: Caller, input: ChangePasswordInput): Promise<void> {
    const [user] = await this.database.findMany(User, [caller.requireId()]);
    if (!user) throw unauthenticated();
    requireGoodPassword(input.newPassword, user.email, 'newPassword');
    await this.throttle.require([this.limits.passwordPerAccount, user.email]);
    if (!(await this.passwords.matches(user.passwordHash, input.currentPassword))) {
      throw wrongPassword();
    }
    const passwordHash = await this.passwords.hash(input.newPassword);
    await this.database.transaction(async (tx) => {
      const current = await tx.lock(User, user.id);
      if (current?.passwordHash !== user.passwordHash) throw wrongPassword();
      tx.update(User, user.id, { passwordHash });
      await this.sessions.revokeAll(tx, user.id, caller.sessionId);
    });
    await this.throttle.forget(this.limits.passwordPerAccount, user.email);
  }
}

const wrongPassword = () =>
  refused('INVALID_CREDENTIALS', 'The current password is wrong.', ['currentPassword']);
