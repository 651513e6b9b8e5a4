import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What all processes must agree on. */
export interface Secrets {
  readonly CALLER_SECRET: string;
  readonly SEAL_SECRET: string;
}

/** The secrets kept in the folder; made once, when they are first asked for. */
export function secretsIn(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const secret = (): string => randomBytes(32).toString('base64url');
    const secrets: Secrets = { CALLER_SECRET: secret(), SEAL_SECRET: secret() };
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}
