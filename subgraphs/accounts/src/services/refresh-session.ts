import { refused, type Clock, type Database, type Refusal } from '@crema/kit';
import { RefreshToken } from '../entities/refresh-token.ts';
import { Session } from '../entities/session.ts';
import { User } from '../entities/user.ts';
import { isStaff } from './rights.ts';
import { hashOfToken, type Grant, type OpenSession, type Sessions } from './sessions.ts';

/**
 * Exchanges a refresh token for the next one. A token that was used before was copied by somebody, or its
 * answer was lost: nobody can tell which, so the whole session ends. There is no time of grace on purpose:
 * within it a thief's first use would go unnoticed. Clients make one refresh at a time.
 */
export class RefreshSession {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  async run(token: string): Promise<Grant> {
    const open = await this.exchange(hashOfToken(token));
    if (!open) throw invalidRefreshToken();
    return this.sessions.grant(open);
  }

  /** Answers null instead of throwing, so that what is revoked here stays revoked. */
  private exchange(hash: string): Promise<OpenSession | null> {
    return this.database.transaction(async (tx) => {
      const token = await tx.lock(RefreshToken, hash);
      const session = token && (await tx.lock(Session, token.sessionId));
      if (!token || !session || !this.sessions.isAlive(session)) return null;
      const user = await tx.find(User, session.userId);
      const mayGoOn = user !== null && (session.kind === 'CUSTOMER' || isStaff(user));
      if (token.usedAt !== null || !mayGoOn) {
        await this.sessions.revoke(tx, session.userId, session.id);
        return null;
      }
      tx.update(RefreshToken, hash, { usedAt: this.clock.now() });
      return this.sessions.prolong(tx, user, session);
    });
  }
}

export const invalidRefreshToken = (): Refusal =>
  refused('INVALID_REFRESH_TOKEN', 'This session has ended. Sign in again.', ['refreshToken']);
