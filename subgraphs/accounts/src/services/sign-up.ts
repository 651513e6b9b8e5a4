import { refused, type Clock, type Database, type Ids, type Transaction } from '@crema/kit';
import { UserSignedUp } from '@crema/schema/events';
import { Role } from '../entities/role.ts';
import { User } from '../entities/user.ts';
import type { SignUpInput } from '../inputs/session-inputs.ts';
import { readEmail } from './email.ts';
import { readLocale } from './locale.ts';
import { requireGoodPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { nameOf } from './person-name.ts';
import type { Grant, OpenSession, Sessions } from './sessions.ts';
import { userData } from './user-facts.ts';

/** Makes an account, one for an e-mail address, and signs its owner in. */
export class SignUp {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async run(input: SignUpInput, userAgent: string | null): Promise<Grant> {
    const user = await this.newUser(this.ids.next(), input);
    const open = await this.whereEmailIsFree(user, async (tx) => {
      await this.register(tx, user);
      return this.sessions.open(tx, user, 'CUSTOMER', userAgent);
    });
    return this.sessions.grant(open);
  }

  /** A checked customer who is not yet kept anywhere. */
  async newUser(id: string, input: SignUpInput): Promise<User> {
    const email = readEmail(input.email);
    requireGoodPassword(input.password, email, 'password');
    return Object.assign(new User(), {
      id,
      ...nameOf(input.name),
      email,
      phone: input.phone ?? null,
      locale: readLocale(input.locale),
      passwordHash: await this.passwords.hash(input.password),
      roles: [Role.CUSTOMER],
      workplaces: [],
      isAdmin: false,
      createdAt: this.clock.now(),
    });
  }

  async register(tx: Transaction, user: User): Promise<void> {
    tx.insert(User, user);
    tx.publish(UserSignedUp, user.id, {
      ...userData(user),
      signedUpAt: user.createdAt.toISOString(),
    });
  }

  /** The unique index decides; what it says differs by database, so it is asked why. */
  private async whereEmailIsFree(
    { id, email }: User,
    work: (tx: Transaction) => Promise<OpenSession>,
  ): Promise<OpenSession> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      const [owner] = await this.database.findMany(User, [email], { by: 'email' });
      if (!owner || owner.id === id) throw error;
      throw refused('EMAIL_TAKEN', 'There is an account with this e-mail address.', ['email']);
    }
  }
}
