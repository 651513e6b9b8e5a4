import { ConfigError } from '../config-error.ts';
import { readEnvironment } from '../read-environment.ts';
import type { Environment, Settings } from '../settings.ts';
import { systemChance, systemClock, type Cancel, type Chance, type Clock } from '../system.ts';
import { VaultApi, VaultAwayError, VaultRefusal } from './vault-api.ts';
import { loginOf } from './vault-login.ts';
import { VaultSecrets } from './vault-secrets.ts';
import { VaultSession } from './vault-session.ts';
import { vaultSettings } from './vault-settings.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** Where the program's own doings are written. */
export interface VaultLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Vault as a process uses it: asked at the start, and looked at from time to time. */
export class Vault {
  /** Why Vault cannot be used at the moment; null when it can. */
  private trouble: string | null = null;
  private hear: (reason: string | null) => void = () => undefined;
  private cancel: Cancel = () => undefined;
  private isClosed = false;

  private constructor(
    /** For people and logs. */
    readonly address: string,
    private readonly secrets: VaultSecrets,
    private readonly session: VaultSession,
    private readonly checkMs: number,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {
    session.onTrouble = (reason) => this.note(reason);
  }

  /** The Vault of the settings, for the process of that name; null without VAULT_ADDR. Throws ConfigError. */
  static of(
    env: Environment,
    process: string,
    clock: Clock = systemClock,
    chance: Chance = systemChance,
  ): Vault | null {
    const settings = readEnvironment(vaultSettings, env);
    const { VAULT_ADDR: address, VAULT_NAMESPACE: namespace, VAULT_MOUNT: mount } = settings;
    if (address === undefined) return null;
    const named = (text: string): string => text.replaceAll('{name}', process);
    const api = new VaultApi(address, namespace, clock);
    const session = new VaultSession(api, loginOf(settings, named), clock, chance);
    const secrets = new VaultSecrets(api, session, mount, settings.VAULT_PATHS.map(named));
    const checkMs = settings.VAULT_CHECK_S * 1_000;
    return new Vault(new URL(address).origin, secrets, session, checkMs, clock, chance);
  }

  /**
   * Reads the settings, as often as it takes while Vault is away: `onAway` hears each new reason.
   * Throws ConfigError for what somebody has to put right.
   */
  async read(onAway: (reason: string) => void): Promise<Settings> {
    this.hear = (reason) => (reason === null ? undefined : onAway(reason));
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      try {
        const settings = await this.secrets.read();
        this.note(null);
        return settings;
      } catch (error) {
        if (error instanceof VaultRefusal) throw this.refused(error);
        if (!(error instanceof VaultAwayError)) throw error;
        this.note(error.message);
        const ms = Math.max(waitMs * (0.5 + this.chance() / 2), error.retryAfterMs);
        await new Promise<void>((resolve) => this.clock.after(ms, resolve));
      }
    }
  }

  /** Says in the log which settings have changed in Vault since they were read, and how Vault is; changes nothing. */
  watch(read: Settings, log: VaultLog): void {
    this.hear = (reason) => {
      if (reason === null) log.info({}, `vault at ${this.address} answers again`);
      else log.warn({}, `vault at ${this.address} ${reason}; what was read from it stays`);
    };
    if (this.checkMs === 0) this.close();
    else this.lookLater(read, log);
  }

  /** Asks Vault for nothing any more. */
  close(): void {
    this.isClosed = true;
    this.cancel();
    this.session.close();
  }

  private lookLater(known: Settings, log: VaultLog): void {
    if (this.isClosed) return;
    this.cancel = this.clock.after(this.checkMs, () => {
      void this.look(known, log).then((now) => this.lookLater(now, log));
    });
  }

  private async look(known: Settings, log: VaultLog): Promise<Settings> {
    try {
      const now = await this.secrets.read();
      this.note(null);
      const names = [...new Set([...known.keys(), ...now.keys()])];
      const changed = names.filter((name) => known.get(name)?.value !== now.get(name)?.value);
      if (changed.length > 0) {
        log.warn({ changed }, 'settings have changed in vault; a restart takes them over');
      }
      return now;
    } catch (error) {
      this.note((error as Error).message);
      return known;
    }
  }

  /** Tells a reason once, until it is another one or gone. */
  private note(reason: string | null): void {
    if (reason === this.trouble) return;
    this.trouble = reason;
    this.hear(reason);
  }

  private refused({ message }: VaultRefusal): ConfigError {
    return new ConfigError([{ settings: ['VAULT_ADDR'], message: `${this.address} ${message}` }]);
  }
}
