import type { z } from 'zod';
import { ConfigError, readTogether, valuesOf, type Read } from './config-error.ts';
import { namesOf, nearestTo, refuseMisspelt } from './names.ts';
import { readEnvironment } from './read-environment.ts';
import { layered, type Environment, type Settings } from './settings.ts';
import {
  demandRequired,
  readSources,
  sourceSettings,
  type FileOptions,
  type Sources,
} from './sources.ts';
import { systemClock, type Chance, type Clock } from './system.ts';
import { Vault } from './vault/vault.ts';
import { vaultSettings } from './vault/vault-settings.ts';

export interface ConfigurationOptions extends FileOptions {
  /** The process: `{name}` in Vault's paths stands for it. */
  readonly name: string;
  readonly env: Environment;
  /** What the command line says; it goes before everything else. */
  readonly options?: Settings;
  /** All settings that the process knows. */
  readonly shapes: readonly z.ZodObject[];
  readonly clock?: Clock;
  readonly chance?: Chance;
}

/** What a process is told: defaults < file < Vault < environment. */
export class Configuration {
  private readonly known: readonly string[];
  /** What was needed before Vault was asked, or for asking. */
  private readonly early = new Set(namesOf([sourceSettings, vaultSettings]));
  private vaults: Settings = new Map();

  private constructor(
    private readonly sources: Sources,
    shapes: readonly z.ZodObject[],
    /** Null where VAULT_ADDR is not set. */
    readonly vault: Vault | null,
    private readonly clock: Clock,
  ) {
    this.known = namesOf([...shapes, sourceSettings, vaultSettings]);
  }

  /** Reads the environment and the file. Throws ConfigError. */
  static open(options: ConfigurationOptions): Configuration {
    const { name, env, shapes, clock = systemClock, chance } = options;
    const sources = readSources({ ...env, ...valuesOf(options.options ?? new Map()) }, options);
    const environment = layered(sources.environment, options.options ?? new Map());
    const given = layered(sources.file, environment);
    const [vault] = readTogether(given, [(values) => Vault.of(values, name, clock, chance)]);
    return new Configuration({ ...sources, environment }, shapes, vault, clock);
  }

  /** Everything that is known by now, each from the source that goes first. */
  get settings(): Settings {
    return layered(this.sources.file, this.vaults, this.sources.environment);
  }

  get values(): Environment {
    return valuesOf(this.settings);
  }

  /** Reads what is needed before Vault can be asked; Vault has no say in it then. Throws ConfigError. */
  readEarly<Shape extends z.ZodObject>(shape: Shape): Readonly<z.output<Shape>> {
    for (const name of namesOf([shape])) this.early.add(name);
    return readTogether(this.settings, [(env) => readEnvironment(shape, env)])[0];
  }

  /**
   * Waits for Vault's settings, where there is a Vault, for so long; 0 for ever. `onAway` hears why it waits, once
   * for each reason. Throws ConfigError.
   */
  async askVault(onAway: (reason: string) => void, timeoutMs = 0): Promise<void> {
    if (!this.vault) return;
    const settings = await this.inTime(timeoutMs, this.vault, onAway);
    const late = [...settings].filter(([name]) => this.early.has(name));
    if (late.length > 0) {
      throw new ConfigError(
        late.map(([name, { origin }]) => ({
          settings: [name],
          message: `is needed before Vault is asked, so the environment or the file must say it (${origin})`,
        })),
      );
    }
    this.vaults = settings;
  }

  /**
   * Gives the results of the reads. Throws one ConfigError with all that they find wrong and where it came from,
   * with what REQUIRED_SETTINGS misses, and with names in the file or in Vault that look misspelt.
   */
  read<const Reads extends readonly Read[]>(
    ...reads: Reads
  ): { [Index in keyof Reads]: ReturnType<Reads[Index]> } {
    const spelling = () => refuseMisspelt(this.listed, this.known);
    // What the last two give is nothing; they are here to find what is wrong.
    return readTogether(this.settings, [...reads, demandRequired, spelling]) as never;
  }

  /** The settings in the file and in Vault that this process does not know. */
  get unknown(): readonly { readonly name: string; readonly origin: string }[] {
    return [...this.listed]
      .filter(([name]) => !this.known.includes(name) && !nearestTo(name, this.known))
      .map(([name, { origin }]) => ({ name, origin }));
  }

  private async inTime(
    timeoutMs: number,
    vault: Vault,
    onAway: (reason: string) => void,
  ): Promise<Settings> {
    let last = 'has not answered';
    const read = vault.read((reason) => onAway((last = reason)));
    if (timeoutMs === 0) return read;
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.clock.after(timeoutMs, () => {
        const message = `${vault.address} ${last}; it was waited for ${timeoutMs / 1_000} s`;
        reject(new ConfigError([{ settings: ['VAULT_ADDR'], message }]));
      });
    });
    return Promise.race([read, late]).finally(cancel);
  }

  /** What was written down for programs such as this one; the environment is everybody's. */
  private get listed(): Settings {
    return layered(this.sources.file, this.vaults);
  }

  /** Lets the running process tell in its log what changes in Vault. */
  watchVault(log: Parameters<Vault['watch']>[1]): void {
    this.vault?.watch(this.vaults, log);
  }
}
