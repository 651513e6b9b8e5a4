import { hash, verify } from '@node-rs/argon2';
import type { Random } from '@crema/kit';

/** OWASP's least for argon2id. The number is `Algorithm.Argon2id`, a const enum that one file at a time cannot read. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes passwords and checks them, in threads of its own. */
export class Passwords {
  private constructor(
    private readonly random: Random,
    private readonly nobodys: string,
  ) {}

  static async create(random: Random): Promise<Passwords> {
    const unknown = Buffer.from(random.bytes(32)).toString('base64url');
    return new Passwords(random, await hashOf(unknown, random));
  }

  hash(password: string): Promise<string> {
    return hashOf(password, this.random);
  }

  /** Takes as long for nobody's password as for somebody's. */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const matches = await verify(passwordHash ?? this.nobodys, password.normalize('NFKC'));
    return matches && passwordHash !== null;
  }
}

const hashOf = (password: string, random: Random): Promise<string> =>
  hash(password.normalize('NFKC'), { ...ARGON2ID, salt: random.bytes(16) });
