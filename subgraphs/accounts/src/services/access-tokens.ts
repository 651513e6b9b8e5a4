import { SignJWT } from 'jose';
import type { Clock, Ids } from '@crema/kit';
import type { AccountsConfig } from '../config.ts';
import type { Session } from '../entities/session.ts';
import type { User } from '../entities/user.ts';
import { SIGNING_ALGORITHM, type KeyRing } from './key-ring.ts';
import { rightsOf } from './rights.ts';

export interface AccessToken {
  readonly text: string;
  readonly expiresAt: Date;
}

/** Issues access tokens: JWTs as RFC 9068 has them. */
export class AccessTokens {
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly config: AccountsConfig['tokens'],
  ) {}

  async issue(user: User, session: Session): Promise<AccessToken> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1_000);
    const expiresAt = Math.min(
      issuedAt + this.config.lifeMs / 1_000,
      Math.floor(session.expiresAt.getTime() / 1_000),
    );
    const { kid, jwk } = await this.keys.signing();
    const text = await new SignJWT({ sid: session.id, ...rightsOf(user) })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', kid })
      .setIssuer(this.config.issuer)
      .setAudience(this.config.audience)
      .setSubject(user.id)
      .setJti(this.ids.next())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(jwk);
    return { text, expiresAt: new Date(expiresAt * 1_000) };
  }
}
