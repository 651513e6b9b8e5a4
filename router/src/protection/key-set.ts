import {
  createLocalJWKSet,
  errors,
  type CryptoKey,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import { request } from 'undici';
import type { Clock } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';

/** The keys could not be fetched and none are known. */
export class KeysUnavailableError extends Error {}

type FindKey = ReturnType<typeof createLocalJWKSet>;

/** After looking for an unknown key in vain, the next look is this far away. */
const COOLDOWN_MS = 5_000;

/** Keys are fetched again after this long, so that one that was withdrawn is not believed forever. */
const MAX_AGE_MS = 600_000;

const TIMEOUT_MS = 5_000;

/** The issuer's public keys. They follow its rotation without a restart and without a failed request. */
export class KeySet {
  private keys: { find: FindKey; fetchedAt: number } | undefined;
  private triedInVainAt = -Infinity;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly source: string | readonly string[] | (() => Promise<JSONWebKeySet>),
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Finds the key that a token names in its header. */
  readonly find = async (
    header: JWSHeaderParameters,
    token: FlattenedJWSInput,
  ): Promise<CryptoKey> => {
    const now = this.clock.now().getTime();
    const isStale = !this.keys || now - this.keys.fetchedAt > MAX_AGE_MS;
    if (isStale) await this.fetch(now);
    try {
      return await this.known(header, token);
    } catch (thrown) {
      if (!(thrown instanceof errors.JWKSNoMatchingKey)) throw thrown;
      // Whoever sends made-up key ids must not make us ask the issuer each time.
      if (isStale || now - this.triedInVainAt < COOLDOWN_MS) throw thrown;
      await this.fetch(now);
      return await this.known(header, token).catch((missing: unknown) => {
        this.triedInVainAt = now;
        throw missing;
      });
    }
  };

  private async known(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    if (!this.keys) throw new KeysUnavailableError('No keys');
    return this.keys.find(header, token);
  }

  private fetch(now: number): Promise<void> {
    this.fetching ??= this.refresh(now).finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private async refresh(now: number): Promise<void> {
    try {
      const { source } = this;
      const keys = await (typeof source === 'function' ? source() : download([source].flat()));
      this.keys = { find: createLocalJWKSet(keys), fetchedAt: now };
    } catch (cause) {
      if (!this.keys) throw new KeysUnavailableError('No keys', { cause });
      this.log.warn({ err: cause }, 'The keys to verify tokens could not be renewed');
    }
  }
}

/** Any of the issuer's instances knows all of its keys. */
async function download([url, ...others]: readonly string[]): Promise<JSONWebKeySet> {
  if (url === undefined) throw new Error('There is no URL');
  try {
    return await downloadFrom(url);
  } catch (thrown) {
    if (others.length === 0) throw thrown;
    return download(others);
  }
}

async function downloadFrom(url: string): Promise<JSONWebKeySet> {
  const response = await request(url, { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  return (await response.body.json()) as JSONWebKeySet;
}
