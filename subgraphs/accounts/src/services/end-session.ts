import type { Caller, Database } from '@crema/kit';
import type { Sessions } from './sessions.ts';

/** Ends sessions of the caller. Their access tokens run out by themselves, in minutes. */
export class EndSession {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
  ) {}

  /** The session that asks. */
  async signOut(caller: Caller): Promise<boolean> {
    const userId = caller.requireId();
    const { sessionId } = caller;
    return sessionId !== null && this.revoke(userId, sessionId);
  }

  async one(caller: Caller, sessionId: string): Promise<boolean> {
    return this.revoke(caller.requireId(), sessionId);
  }

  async everywhere(caller: Caller): Promise<void> {
    const userId = caller.requireId();
    await this.database.transaction((tx) => this.sessions.revokeAll(tx, userId));
  }

  private revoke(userId: string, sessionId: string): Promise<boolean> {
    return this.database.transaction((tx) => this.sessions.revoke(tx, userId, sessionId));
  }
}
