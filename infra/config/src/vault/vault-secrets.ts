import { z } from 'zod';
import { ConfigError, type Problem } from '../config-error.ts';
import { layered, settingsFrom, type Settings } from '../settings.ts';
import { VaultRefusal, type VaultApi } from './vault-api.ts';
import { understood } from './vault-login.ts';
import type { VaultSession } from './vault-session.ts';

const secretAnswer = z.object({
  data: z.object({
    data: z.record(z.string(), z.unknown()).nullable(),
    metadata: z.object({ version: z.number() }),
  }),
});

/** The secrets of the KV engine, version 2, whose fields are settings. */
export class VaultSecrets {
  constructor(
    private readonly api: VaultApi,
    private readonly session: VaultSession,
    private readonly mount: string,
    /** A later one goes before an earlier one. */
    private readonly paths: readonly string[],
  ) {}

  /** All fields of all secrets as they are now. Throws VaultAwayError, VaultRefusal or ConfigError. */
  async read(): Promise<Settings> {
    const layers: Settings[] = [];
    for (const path of this.paths) layers.push(await this.readOne(path));
    return layered(...layers);
  }

  private async readOne(path: string): Promise<Settings> {
    const place = `${this.mount}/${path}`;
    const { status, body } = await this.session.run((token) =>
      this.api.call({ method: 'GET', path: `${this.mount}/data/${path}`, token }),
    );
    // What was deleted is not there either, but has a version that says so.
    const isDeleted = status === 404 && secretAnswer.safeParse(body).success;
    if (isDeleted) throw new VaultRefusal(`has nothing at ${place} any more: it was deleted`, 404);
    const { data, metadata } = understood(secretAnswer, body, status, place).data;
    const fields = Object.entries(data ?? {});
    const problems = fields.flatMap(([name, value]) => problemOf(name, value, place));
    if (problems.length > 0) throw new ConfigError(problems);
    const texts = Object.fromEntries(fields.map(([name, value]) => [name, String(value)]));
    return settingsFrom(texts, () => `Vault ${place} version ${metadata.version}`);
  }
}

/** Numbers and truth values are taken as they are written. */
function problemOf(name: string, value: unknown, place: string): Problem[] {
  if (['string', 'number', 'boolean'].includes(typeof value)) return [];
  return [{ settings: [name], message: `must be text, a number, true or false (Vault ${place})` }];
}
