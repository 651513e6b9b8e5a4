import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose';
import type { Clock, Timers } from '../../src/system/clock.ts';
import type { JwtOptions } from '../../src/index.ts';

/** A clock that moves only when it is told to, with timers that run as it moves. */
export class TestClock implements Clock, Timers {
  private nowMs = Date.UTC(2030, 0, 1);
  private readonly waiting = new Set<{ atMs: number; everyMs?: number; run: () => void }>();

  now(): Date {
    return new Date(this.nowMs);
  }

  after(delayMs: number, run: () => void): () => void {
    return this.wait({ atMs: this.nowMs + delayMs, run });
  }

  every(everyMs: number, run: () => void): () => void {
    return this.wait({ atMs: this.nowMs + everyMs, everyMs, run });
  }

  advance(seconds: number): void {
    this.nowMs += seconds * 1000;
    for (const timer of [...this.waiting].filter(({ atMs }) => atMs <= this.nowMs)) {
      if (timer.everyMs === undefined) this.waiting.delete(timer);
      else timer.atMs = this.nowMs + timer.everyMs;
      timer.run();
    }
  }

  private wait(timer: { atMs: number; everyMs?: number; run: () => void }): () => void {
    this.waiting.add(timer);
    return () => void this.waiting.delete(timer);
  }
}

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Signs tokens and publishes its keys, as an identity service would. */
export class Issuer {
  readonly published: Key[] = [];
  fetches = 0;
  isDown = false;

  constructor(private readonly clock: Clock) {}

  readonly jwt: JwtOptions = {
    issuer: 'accounts',
    audience: 'shop',
    jwks: async (): Promise<JSONWebKeySet> => {
      this.fetches += 1;
      if (this.isDown) throw new Error('connect ECONNREFUSED');
      const keys = this.published.map(async ({ kid, alg, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        alg,
        use: 'sig',
      }));
      return { keys: await Promise.all(keys) };
    },
  };

  async newKey(kid: string, alg = 'EdDSA'): Promise<Key> {
    const key = { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
    this.published.push(key);
    return key;
  }

  /** A good token, except for what is overridden; `undefined` leaves a claim out. */
  async token(
    key: Key,
    claims: JWTPayload & { scope?: string; policies?: string[] } = {},
    header: Record<string, unknown> = {},
  ): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const standard = { iss: 'accounts', aud: 'shop', sub: 'u1', iat: now, exp: now + 900 };
    return new SignJWT({ ...standard, ...claims })
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
      .sign(key.privateKey);
  }
}
