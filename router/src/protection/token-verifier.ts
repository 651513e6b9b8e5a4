import { decodeJwt, errors, jwtVerify, type JSONWebKeySet } from 'jose';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';
import { callerOf, visitor, type Caller } from './caller.ts';
import { KeySet, KeysUnavailableError } from './key-set.ts';

/** Which tokens are believed. */
export interface JwtOptions {
  /** Where the issuer publishes its keys: URLs that are tried in turn, or a function in the same process. */
  readonly jwks: string | readonly string[] | (() => Promise<JSONWebKeySet>);
  readonly issuer: string;
  readonly audience: string;
  /** Signature algorithms to accept; `EdDSA` alone unless told otherwise. */
  readonly algorithms?: readonly string[];
}

const MAX_KNOWN_TOKENS = 10_000;

/** Longer than any sensible token: what is longer is not even looked at. */
const MAX_TOKEN_LENGTH = 16_384;

/** Verifies bearer tokens and remembers those it has verified until they end. */
export class TokenVerifier {
  private readonly known = new LRUCache<string, Caller>({ max: MAX_KNOWN_TOKENS });
  private readonly keys: KeySet;
  private readonly algorithms: string[];

  constructor(
    private readonly options: JwtOptions,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.keys = new KeySet(options.jwks, clock, log);
    this.algorithms = [...(options.algorithms ?? ['EdDSA'])];
  }

  /**
   * The caller behind an `Authorization` header; a visitor without one. Throws a `RequestError`
   * for a token that is wrong in any way, and another when the keys cannot be had.
   */
  async caller(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined) return visitor;
    const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1];
    if (!token || token.length > MAX_TOKEN_LENGTH) {
      throw unauthenticated('The Authorization header must be "Bearer" and a token');
    }
    const known = this.known.get(token);
    if (known) {
      if (isAlive(known, this.clock)) return known;
      this.known.delete(token);
      throw unauthenticated('The token has expired');
    }
    const caller = await this.verify(token);
    this.known.set(token, caller);
    return caller;
  }

  private async verify(token: string): Promise<Caller> {
    try {
      const { issuer, audience } = this.options;
      const { payload } = await jwtVerify(token, this.keys.find, {
        issuer,
        audience,
        algorithms: this.algorithms,
        typ: 'at+jwt',
        requiredClaims: ['exp'],
        currentDate: this.clock.now(),
      });
      return callerOf(payload);
    } catch (thrown) {
      if (thrown instanceof errors.JWTExpired) throw unauthenticated('The token has expired');
      if (thrown instanceof KeysUnavailableError) {
        this.log.error({ err: thrown.cause }, 'The keys to verify tokens cannot be had');
        throw RequestError.of('AUTHENTICATION_UNAVAILABLE', 'Tokens cannot be verified now', 503);
      }
      if (!(thrown instanceof errors.JOSEError)) throw thrown;
      this.log.info({ reason: thrown.code, issuer: issuerOf(token) }, 'Refused a token');
      throw unauthenticated('The token is invalid');
    }
  }
}

/** Whether the token of a caller has not ended yet. */
export function isAlive(caller: Caller, clock: Clock): boolean {
  return !caller.expiresAt || caller.expiresAt > clock.now();
}

function unauthenticated(message: string): RequestError {
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
  return RequestError.of('UNAUTHENTICATED', message, 401, headers);
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss?.slice(0, 200);
  } catch {
    return undefined;
  }
}
