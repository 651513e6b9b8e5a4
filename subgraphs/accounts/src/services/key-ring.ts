import { createPrivateKey } from 'node:crypto';
import { calculateJwkThumbprint, type JSONWebKeySet, type JWK } from 'jose';
import type { Clock, Database, Logger, Random, Seal } from '@crema/kit';
import { SigningKey } from '../entities/signing-key.ts';

export const SIGNING_ALGORITHM = 'EdDSA';

/** A new key is published so long before it signs: verifiers keep a key set for ten minutes. */
const PUBLISHED_AHEAD_MS = 15 * 60_000;
/** A replaced key is published until the last of its tokens is gone: 15 minutes at most, and some for late clocks. */
const PUBLISHED_AFTER_MS = 20 * 60_000;
/** Other instances may have rotated; a replaced key may still sign for so long. */
const READ_AGAIN_AFTER_MS = 60_000;

/** PKCS #8 of an Ed25519 private key (RFC 8410), up to its 32 bytes. */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface SigningJwk {
  readonly kid: string;
  readonly jwk: JWK;
}

/** The keys that sign access tokens: one signs, others are published before and after. */
export class KeyRing {
  private known: { readonly keys: readonly SigningKey[]; readonly readAt: number } | null = null;
  private opened: SigningJwk | null = null;

  constructor(
    private readonly database: Database,
    private readonly seal: Seal,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly log: Logger,
    private readonly rotateAfterMs: number,
  ) {}

  /** The key that signs now. */
  async signing(): Promise<SigningJwk> {
    const now = this.clock.now();
    const active = (await this.keys()).filter(({ activeFrom }) => activeFrom <= now);
    for (const key of active.reverse()) {
      if (this.opened?.kid === key.kid) return this.opened;
      const opened = this.open(key);
      if (opened) return (this.opened = opened);
    }
    throw new Error('no signing key can be opened');
  }

  /** The public keys by which tokens are verified (RFC 7517). */
  async published(): Promise<JSONWebKeySet> {
    const keys = await this.readKeys();
    return {
      keys: keys
        .filter((key) => !this.isSpent(key, keys))
        .map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: SIGNING_ALGORITHM, use: 'sig' })),
    };
  }

  /** Makes the next key when it is time, and throws away those that verify nothing any more. */
  async rotate(): Promise<void> {
    const now = this.clock.now();
    const keys = await this.readKeys();
    const usable = keys.filter((key) => this.open(key) !== null);
    const newest = usable.at(-1);
    const isDue = !newest || now.getTime() - newest.activeFrom.getTime() >= this.rotateAfterMs;
    const next = isDue ? await this.create(newest ? PUBLISHED_AHEAD_MS : 0) : null;
    const spent = keys.filter((key) => this.isSpent(key, keys));
    if (!next && spent.length === 0) return;

    await this.database.transaction(async (tx) => {
      if (next) tx.insert(SigningKey, next);
      const manager = await tx.direct();
      for (const { kid } of spent) await manager.delete(SigningKey, { kid });
    });
    this.known = null;
    if (next) this.log.info({ kid: next.kid }, 'a new signing key was made');
  }

  private async keys(): Promise<SigningKey[]> {
    const now = this.clock.now().getTime();
    if (!this.known || now - this.known.readAt >= READ_AGAIN_AFTER_MS) {
      this.known = { keys: await this.readKeys(), readAt: now };
    }
    return [...this.known.keys];
  }

  /** In the order in which they sign. */
  private readKeys(): Promise<SigningKey[]> {
    return this.database.read.find(SigningKey, { order: { activeFrom: 'ASC', kid: 'ASC' } });
  }

  private isSpent(key: SigningKey, keys: readonly SigningKey[]): boolean {
    const successor = keys[keys.indexOf(key) + 1];
    if (!successor) return false;
    return this.clock.now().getTime() > successor.activeFrom.getTime() + PUBLISHED_AFTER_MS;
  }

  private async create(aheadMs: number): Promise<SigningKey> {
    const { d, ...publicJwk } = createPrivateKey({
      key: Buffer.concat([ED25519_PREFIX, this.random.bytes(32)]),
      format: 'der',
      type: 'pkcs8',
    }).export({ format: 'jwk' }) as { kty: string; crv: string; x: string; d: string };
    const now = this.clock.now();
    return {
      kid: await calculateJwkThumbprint(publicJwk),
      publicJwk,
      sealedJwk: this.seal.close(JSON.stringify({ ...publicJwk, d })),
      createdAt: now,
      activeFrom: new Date(now.getTime() + aheadMs),
    };
  }

  /** Null for a key that was sealed with another secret; tokens that it signed are still verified. */
  private open({ kid, sealedJwk }: SigningKey): SigningJwk | null {
    try {
      return { kid, jwk: JSON.parse(this.seal.open(sealedJwk)) as JWK };
    } catch {
      this.log.warn({ kid }, 'a signing key was sealed with another SEAL_SECRET');
      return null;
    }
  }
}
