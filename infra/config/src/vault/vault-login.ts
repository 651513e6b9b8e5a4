import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { VaultAwayError, VaultRefusal, type VaultApi } from './vault-api.ts';
import type { VaultSettings } from './vault-settings.ts';

/** What Vault lets somebody in with, and for how long. */
export interface VaultToken {
  readonly value: string;
  /** 0: for ever. */
  readonly lifeMs: number;
  readonly isRenewable: boolean;
}

/** Gets a token, a new one each time where there is more than one to be had. */
export interface VaultLogin {
  /** Who signs in, for a person to read; nothing secret. */
  readonly who: string;
  run(api: VaultApi): Promise<VaultToken>;
}

const grantedAnswer = z.object({
  auth: z.object({
    client_token: z.string().min(1),
    lease_duration: z.number().nonnegative(),
    renewable: z.boolean(),
  }),
});

const lookupAnswer = z.object({
  data: z.object({ ttl: z.number().nonnegative(), renewable: z.boolean().default(false) }),
});

/** The login that the settings choose; `named` puts the process into a role that stands for several. */
export function loginOf(settings: VaultSettings, named: (text: string) => string): VaultLogin {
  const { VAULT_ROLE: role, VAULT_TOKEN_FILE: file, VAULT_TOKEN: token } = settings;
  if (role !== undefined) {
    return kubernetesLogin(named(role), settings.VAULT_JWT_FILE, settings.VAULT_AUTH_MOUNT);
  }
  return file === undefined
    ? tokenLogin('VAULT_TOKEN', async () => token!)
    : tokenLogin(`the token in ${file}`, () => contentOf(file));
}

/** By the token of this pod's service account, which Kubernetes renews in its file. */
const kubernetesLogin = (role: string, jwtFile: string, mount: string): VaultLogin => ({
  who: `role ${role}`,
  run: async (api) => {
    const jwt = await contentOf(jwtFile);
    const path = `auth/${mount}/login`;
    return granted(await api.call({ method: 'POST', path, body: { role, jwt } }), path);
  },
});

/** By a token that somebody else has made; Vault tells how long it is good for. */
const tokenLogin = (who: string, read: () => Promise<string>): VaultLogin => ({
  who,
  run: async (api) => {
    const value = await read();
    const path = 'auth/token/lookup-self';
    const { body, status } = await api.call({ method: 'GET', path, token: value });
    const { ttl, renewable } = understood(lookupAnswer, body, status, path).data;
    return { value, lifeMs: ttl * 1_000, isRenewable: renewable };
  },
});

/** The same token for some more time. */
export async function renewed(api: VaultApi, { value }: VaultToken): Promise<VaultToken> {
  const path = 'auth/token/renew-self';
  return granted(await api.call({ method: 'POST', path, token: value, body: {} }), path);
}

function granted({ body, status }: { body: unknown; status: number }, path: string): VaultToken {
  const { auth } = understood(grantedAnswer, body, status, path);
  const { client_token: value, lease_duration: seconds, renewable: isRenewable } = auth;
  return { value, lifeMs: seconds * 1_000, isRenewable };
}

/** Throws VaultRefusal where there is nothing at the path, and VaultAwayError for what Vault would not say. */
export function understood<Answer>(
  shape: z.ZodType<Answer>,
  body: unknown,
  status: number,
  path: string,
): Answer {
  if (status === 404) throw new VaultRefusal(`has nothing at ${path}`, 404);
  const answer = shape.safeParse(body);
  if (answer.success) return answer.data;
  throw new VaultAwayError(`answers ${path} with something that is not Vault's`);
}

async function contentOf(file: string): Promise<string> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (text === '') throw new Error('it is empty');
    return text;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // It may still be on its way: whoever writes it starts at the same time.
    throw new VaultAwayError(`cannot be asked without ${file}: ${code ?? message}`);
  }
}
