import { SignJWT } from 'jose';
import type { Clock } from '../system/clock.ts';
import type { Caller } from './caller.ts';

/** The header by which subgraphs learn who asks. */
export const CALLER_HEADER = 'x-router-caller';

const LIFETIME_SECONDS = 60;
const RENEW_BELOW_SECONDS = 30;

interface Signed {
  /** A promise only until it is signed: most requests need not wait for anything. */
  text: string | Promise<string>;
  readonly expiresAt: number;
}

/** Signs who asks for the subgraphs, once for all requests of a caller in half a minute. */
export class CallerHeader {
  private readonly secret: Uint8Array;
  private readonly signed = new WeakMap<Caller, Signed>();

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.secret = new TextEncoder().encode(secret);
  }

  /** The header's value for a caller, valid for at least half a minute. */
  for(caller: Caller): string | Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const known = this.signed.get(caller);
    if (known && known.expiresAt - now >= RENEW_BELOW_SECONDS) return known.text;
    const expiresAt = now + LIFETIME_SECONDS;
    const signed: Signed = { text: this.sign(caller, now, expiresAt), expiresAt };
    this.signed.set(caller, signed);
    return this.settled(signed);
  }

  private async settled(signed: Signed): Promise<string> {
    return (signed.text = await signed.text);
  }

  private sign(caller: Caller, now: number, expiresAt: number): Promise<string> {
    return new SignJWT({ caller: caller.claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('router')
      .setAudience('subgraphs')
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(this.secret);
  }
}
