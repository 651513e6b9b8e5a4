/** Settings by name, as a program is given them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of a setting and where it came from, for a person to find it there. */
export interface Given {
  readonly value: string;
  /** `environment`, `.env:3`, `Vault secret/crema/orders`, `--port`. */
  readonly origin: string;
}

/** What was given, by name. What is empty was not given. */
export type Settings = ReadonlyMap<string, Given>;

/** The settings of one origin. */
export function settingsFrom(values: Environment, originOf: (name: string) => string): Settings {
  return new Map(
    Object.entries(values).flatMap(([name, value]) =>
      value ? [[name, { value, origin: originOf(name) }] as const] : [],
    ),
  );
}

/** One upon the other: later layers go before earlier ones. */
export const layered = (...layers: readonly Settings[]): Settings =>
  new Map(layers.flatMap((layer) => [...layer]));
