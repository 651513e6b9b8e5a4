import { refused, type Clock, type Database, type Refusal, type RequestInfo } from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import type { SessionKind } from '../entities/session.ts';
import { User } from '../entities/user.ts';
import type { SignInInput } from '../inputs/session-inputs.ts';
import { normalisedEmail } from './email.ts';
import type { Limits } from './limits.ts';
import type { Passwords } from './passwords.ts';
import { isStaff } from './rights.ts';
import type { Grant, OpenSession, Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

/** Who tried where nobody knows who it was. */
const NOBODY = 'unknown';

/**
 * Opens a session for who knows the password. An unknown address, a wrong password and a customer at the
 * door for staff get the same answer in the same time.
 */
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly throttle: Throttle,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  async run(input: SignInInput, request: RequestInfo, kind: SessionKind): Promise<Grant> {
    const email = normalisedEmail(input.email);
    const { passwordPerAccount, passwordPerAddress } = this.limits;
    const [, fromAddress] = await this.throttle.require(
      [passwordPerAccount, email],
      [passwordPerAddress, request.address],
    );
    const [user = null] = await this.database.findMany(User, [email], { by: 'email' });
    const matches = await this.passwords.matches(user?.passwordHash ?? null, input.password);
    const open = user && matches ? await this.open(user, request, kind) : null;
    if (!open) {
      if (kind === 'STAFF') await this.auditRefusal(user, request);
      throw invalidCredentials();
    }
    await Promise.all([this.throttle.forget(passwordPerAccount, email), fromAddress.giveBack()]);
    return this.sessions.grant(open);
  }

  /** Null when it is not for this person, or the password was changed while it was checked. */
  private open(known: User, request: RequestInfo, kind: SessionKind): Promise<OpenSession | null> {
    return this.database.transaction(async (tx) => {
      const user = await tx.lock(User, known.id);
      if (!user || user.passwordHash !== known.passwordHash) return null;
      if (kind === 'STAFF' && !isStaff(user)) return null;
      const open = await this.sessions.open(tx, user, kind, request.userAgent);
      if (kind === 'STAFF') {
        publishPrivilegedWrite(tx, {
          actorId: user.id,
          action: 'accounts.adminSignIn',
          target: `Session:${open.session.id}`,
          details: `Signed in from ${addressOf(request)}.`,
          at: this.clock.now(),
        });
      }
      return open;
    });
  }

  /** The actor is who they claimed to be. */
  private auditRefusal(user: User | null, request: RequestInfo): Promise<void> {
    const actorId = user?.id ?? NOBODY;
    return this.database.transaction(async (tx) => {
      publishPrivilegedWrite(tx, {
        actorId,
        action: 'accounts.adminSignInRefused',
        target: `User:${actorId}`,
        details: `Refused from ${addressOf(request)}.`,
        at: this.clock.now(),
      });
    });
  }
}

const addressOf = ({ address }: RequestInfo): string => address.slice(0, 45);

const invalidCredentials = (): Refusal =>
  refused('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');
