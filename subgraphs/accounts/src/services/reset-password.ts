import { createHmac, timingSafeEqual } from 'node:crypto';
import { LessThan } from 'typeorm';
import {
  refused,
  type Clock,
  type Database,
  type Random,
  type Refusal,
  type RequestInfo,
  type Seal,
} from '@crema/kit';
import { PasswordResetRequested } from '@crema/schema/events';
import { PasswordReset } from '../entities/password-reset.ts';
import { User } from '../entities/user.ts';
import type { ResetPasswordInput } from '../inputs/password-inputs.ts';
import { normalisedEmail } from './email.ts';
import type { Limits } from './limits.ts';
import { requireGoodPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

const CODE_LIFE_MS = 10 * 60_000;
const TRIES = 5;
const CODES = 1_000_000;

export interface ResetSecrets {
  /** Closes codes for notifications to open. */
  readonly seal: Seal;
  /** Keys the hashes of codes and addresses. */
  readonly secret: string;
}

/** Lets who reads the mail of an account set a new password. */
export class ResetPassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly throttle: Throttle,
    private readonly limits: Limits,
    private readonly secrets: ResetSecrets,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Does the same whether there is an account or not, but for the fact that it publishes. */
  async request(emailText: string, { address }: RequestInfo): Promise<void> {
    const email = normalisedEmail(emailText);
    const tries = await Promise.all([
      this.throttle.take(this.limits.codeRequestPerAccount, email),
      this.throttle.take(this.limits.codeRequestPerAddress, address),
    ]);
    if (tries.some(({ until }) => until !== null)) return;

    const code = this.newCode();
    const sealedCode = this.secrets.seal.close(code);
    const id = this.hash('address', email);
    const expiresAt = new Date(this.clock.now().getTime() + CODE_LIFE_MS);
    const [user = null] = await this.database.findMany(User, [email], { by: 'email' });
    const row = {
      id,
      userId: user?.id ?? null,
      codeHash: this.hash(`code:${id}`, code),
      triesLeft: TRIES,
      expiresAt,
    };
    await this.database.transaction(async (tx) => {
      await (await tx.direct()).delete(PasswordReset, { id });
      tx.insert(PasswordReset, row);
      if (user) {
        tx.publish(PasswordResetRequested, user.id, {
          sealedCode,
          expiresAt: expiresAt.toISOString(),
        });
      }
    });
  }

  /** Sets the password and ends all sessions. The hash is made first: it takes its time for a wrong code too. */
  async run(input: ResetPasswordInput, { address }: RequestInfo): Promise<void> {
    const email = normalisedEmail(input.email);
    requireGoodPassword(input.newPassword, email, 'newPassword');
    const { codePerAccount, codePerAddress, passwordPerAccount } = this.limits;
    const [, fromAddress] = await this.throttle.require(
      [codePerAccount, email],
      [codePerAddress, address],
    );

    const passwordHash = await this.passwords.hash(input.newPassword);
    const isDone = await this.useCode(email, input.code, passwordHash);
    if (!isDone) throw invalidCode();
    await Promise.all([
      this.throttle.forget(passwordPerAccount, email),
      this.throttle.forget(codePerAccount, email),
      fromAddress.giveBack(),
    ]);
  }

  async removeExpired(): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      await (await tx.direct()).delete(PasswordReset, { expiresAt: LessThan(now) });
    });
  }

  /** Answers instead of throwing, so that the try is counted in the same transaction. */
  private useCode(email: string, codeText: string, passwordHash: string): Promise<boolean> {
    const id = this.hash('address', email);
    const given = this.hash(`code:${id}`, codeText.normalize('NFKC').replace(/\s/g, ''));
    return this.database.transaction(async (tx) => {
      const reset = await tx.lock(PasswordReset, id);
      if (!reset || reset.triesLeft === 0 || reset.expiresAt <= this.clock.now()) return false;
      const matches = timingSafeEqual(Buffer.from(given), Buffer.from(reset.codeHash));
      if (!matches || reset.userId === null) {
        tx.update(PasswordReset, id, { triesLeft: reset.triesLeft - 1 });
        return false;
      }
      await (await tx.direct()).delete(PasswordReset, { id });
      tx.update(User, reset.userId, { passwordHash });
      await this.sessions.revokeAll(tx, reset.userId);
      return true;
    });
  }

  /** Six digits, each code as likely as any other. */
  private newCode(): string {
    const fair = Math.floor(2 ** 32 / CODES) * CODES;
    for (;;) {
      const number = Buffer.from(this.random.bytes(4)).readUInt32BE();
      if (number < fair) return String(number % CODES).padStart(6, '0');
    }
  }

  private hash(purpose: string, text: string): string {
    return createHmac('sha256', this.secrets.secret)
      .update(`password-reset:${purpose}:${text}`)
      .digest('hex');
  }
}

const invalidCode = (): Refusal =>
  refused('INVALID_CODE', 'The code is wrong, used or too old. Ask for a new one.', ['code']);
