import { createHash } from 'node:crypto';
import { In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import type { Clock, Database, Ids, Random, Transaction } from '@crema/kit';
import type { AccountsConfig } from '../config.ts';
import { RefreshToken } from '../entities/refresh-token.ts';
import { Session, type SessionKind } from '../entities/session.ts';
import type { User } from '../entities/user.ts';
import type { AccessToken, AccessTokens } from './access-tokens.ts';

const REFRESH_TOKEN_BYTES = 32;
const LONGEST_USER_AGENT = 300;
const MOST_LISTED = 100;
/** Ended sessions are kept so long, for people who look into what happened. */
const KEPT_AFTER_END_MS = 24 * 3_600_000;
const REMOVED_AT_ONCE = 500;

/** A session with the refresh token that only its owner will know. */
export interface OpenSession {
  readonly user: User;
  readonly session: Session;
  readonly refreshToken: string;
}

/** What a person who proved who they are is given. */
export interface Grant extends OpenSession {
  readonly accessToken: AccessToken;
}

export const hashOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex');

/** Sessions and their refresh tokens, without the proofs that open and renew them. */
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly random: Random,
    private readonly config: AccountsConfig['sessions'],
  ) {}

  async open(
    tx: Transaction,
    user: User,
    kind: SessionKind,
    userAgent: string | null,
  ): Promise<OpenSession> {
    const now = this.clock.now();
    const { idleMs, longestMs } = this.config[kind];
    const session = Object.assign(new Session(), {
      id: this.ids.next(),
      userId: user.id,
      kind,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + Math.min(idleMs, longestMs)),
      endsAt: new Date(now.getTime() + longestMs),
      userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      revokedAt: null,
    });
    tx.insert(Session, session);
    return { user, session, refreshToken: await this.newToken(tx, session) };
  }

  /** Gives the session its next token, and the time that follows from its use. */
  async prolong(tx: Transaction, user: User, session: Session): Promise<OpenSession> {
    const lastUsedAt = this.clock.now();
    const expiresAt = new Date(
      Math.min(lastUsedAt.getTime() + this.config[session.kind].idleMs, session.endsAt.getTime()),
    );
    tx.update(Session, session.id, { lastUsedAt, expiresAt });
    Object.assign(session, { lastUsedAt, expiresAt });
    return { user, session, refreshToken: await this.newToken(tx, session) };
  }

  /** Adds the access token; outside the transaction, which it does not need. */
  async grant(open: OpenSession): Promise<Grant> {
    return { ...open, accessToken: await this.tokens.issue(open.user, open.session) };
  }

  isAlive({ revokedAt, expiresAt }: Session): boolean {
    return revokedAt === null && expiresAt > this.clock.now();
  }

  /** Those of one person that are alive, the last used first. */
  listOf(userId: string): Promise<Session[]> {
    return this.database.read.find(Session, {
      where: { userId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
      take: MOST_LISTED,
    });
  }

  /** Ends one session of this person; false when they have no such session. */
  async revoke(tx: Transaction, userId: string, sessionId: string): Promise<boolean> {
    const session = await tx.lock(Session, sessionId);
    if (!session || session.userId !== userId || !this.isAlive(session)) return false;
    tx.update(Session, sessionId, { revokedAt: this.clock.now() });
    return true;
  }

  /** Ends all sessions of this person but the one that is spared. */
  async revokeAll(tx: Transaction, userId: string, spared?: string | null): Promise<void> {
    const manager = await tx.direct();
    await manager.update(
      Session,
      { userId, revokedAt: IsNull(), ...(spared && { id: Not(spared) }) },
      { revokedAt: this.clock.now() },
    );
  }

  /** Forgets sessions that ended some time ago, with their tokens. */
  async removeEnded(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_AFTER_END_MS);
    for (;;) {
      const ended = await this.database.read.find(Session, {
        select: { id: true },
        where: [{ expiresAt: LessThan(before) }, { revokedAt: LessThan(before) }],
        take: REMOVED_AT_ONCE,
      });
      if (ended.length === 0) return;
      const ids = ended.map(({ id }) => id);
      await this.database.transaction(async (tx) => {
        const manager = await tx.direct();
        await manager.delete(RefreshToken, { sessionId: In(ids) });
        await manager.delete(Session, { id: In(ids) });
      });
    }
  }

  private async newToken(tx: Transaction, { id: sessionId }: Session): Promise<string> {
    const token = Buffer.from(this.random.bytes(REFRESH_TOKEN_BYTES)).toString('base64url');
    const row = { hash: hashOfToken(token), sessionId, createdAt: this.clock.now(), usedAt: null };
    tx.insert(RefreshToken, row);
    return token;
  }
}
