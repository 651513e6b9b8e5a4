import type { Cancel, Chance, Clock } from '../system.ts';
import { VaultRefusal, type VaultApi } from './vault-api.ts';
import { renewed, type VaultLogin, type VaultToken } from './vault-login.ts';

/** A token is renewed when at most so much of its life is left, a little earlier by chance: many started together. */
const RENEW_AT = 2 / 3;
const JITTER = 1 / 10;
/** What lives shorter than this after a renewal is near its greatest age: a new login is due. */
const SHORTEST_LIFE_MS = 15_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** Timers take no longer times. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Keeps a token of Vault alive: logs in when it is first asked for, renews it in time, logs in anew when that is refused. */
export class VaultSession {
  private token: Promise<VaultToken> | null = null;
  private cancel: Cancel = () => undefined;
  private isClosed = false;
  /** Hears why the token could not be kept alive; it is tried again. */
  onTrouble: (reason: string) => void = () => undefined;

  constructor(
    private readonly api: VaultApi,
    private readonly login: VaultLogin,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Runs the work with a token. One that Vault knows no more, which is a 403, is replaced once. */
  async run<Result>(work: (token: string) => Promise<Result>): Promise<Result> {
    const wasKnown = this.token !== null;
    try {
      return await work((await this.current()).value);
    } catch (error) {
      if (!wasKnown || !(error instanceof VaultRefusal) || error.status !== 403) throw error;
      this.forget();
      return work((await this.current()).value);
    }
  }

  close(): void {
    this.isClosed = true;
    this.cancel();
  }

  private current(): Promise<VaultToken> {
    this.token ??= this.login.run(this.api).then(
      (token) => {
        this.keepAlive(token);
        return token;
      },
      (error: unknown) => {
        this.token = null;
        throw error;
      },
    );
    return this.token;
  }

  private forget(): void {
    this.cancel();
    this.token = null;
  }

  private keepAlive(token: VaultToken): void {
    if (this.isClosed || token.lifeMs === 0) return;
    const ms = token.lifeMs * (RENEW_AT - JITTER * this.chance());
    this.at(ms, () => this.renew(token, FIRST_RETRY_MS));
  }

  private async renew(token: VaultToken, retryMs: number): Promise<void> {
    try {
      const next = token.isRenewable ? await renewed(this.api, token) : null;
      if (next && (next.lifeMs === 0 || next.lifeMs >= SHORTEST_LIFE_MS)) {
        this.token = Promise.resolve(next);
        this.keepAlive(next);
        return;
      }
      await this.logInAnew();
    } catch (error) {
      if (token.isRenewable && error instanceof VaultRefusal) {
        // It has reached its greatest age or was revoked.
        return this.renew({ ...token, isRenewable: false }, retryMs);
      }
      this.onTrouble((error as Error).message);
      this.at(retryMs, () => this.renew(token, Math.min(retryMs * 2, LAST_RETRY_MS)));
    }
  }

  /** The old token serves until there is a new one. */
  private async logInAnew(): Promise<void> {
    const token = await this.login.run(this.api);
    if (token.lifeMs > 0 && token.lifeMs < SHORTEST_LIFE_MS) {
      throw new Error(`gives ${this.login.who} a token that ends in ${token.lifeMs / 1_000} s`);
    }
    this.token = Promise.resolve(token);
    this.keepAlive(token);
  }

  private at(ms: number, work: () => Promise<void>): void {
    if (this.isClosed) return;
    this.cancel = this.clock.after(Math.min(ms, LONGEST_TIMER_MS), () => void work());
  }
}
