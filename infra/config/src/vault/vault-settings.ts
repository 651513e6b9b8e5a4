import { z } from 'zod';
import { list, wholeNumber } from '../declare.ts';

const isHttpUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** A path of Vault: no empty step, and none that leads upwards. */
const isPath = (text: string): boolean =>
  /^[\w.{}-]+(\/[\w.{}-]+)*$/.test(text) && !/(^|\/)\.\.?(\/|$)/.test(text);

const path = () => z.string().refine(isPath, 'must be a path such as crema/orders');

const LOGINS = ['VAULT_TOKEN', 'VAULT_TOKEN_FILE', 'VAULT_ROLE'] as const;

/** Where Vault is, who signs in there, and what is read. Without VAULT_ADDR there is no Vault. */
export const vaultSettings = z
  .object({
    VAULT_ADDR: z
      .string()
      .refine(isHttpUrl, 'must be an http or https URL')
      .optional()
      .describe(
        'The URL of HashiCorp Vault, from which settings are read at the start; none without it.',
      ),
    VAULT_NAMESPACE: z
      .string()
      .optional()
      .describe('The namespace there, in Vault Enterprise and HCP.'),
    VAULT_TOKEN: z.string().optional().meta({ description: 'Signs in by a token …', secret: true }),
    VAULT_TOKEN_FILE: z
      .string()
      .optional()
      .describe('… or by one in a file, which is read again whenever a new one is needed …'),
    VAULT_ROLE: z
      .string()
      .optional()
      .describe('… or by a role of the Kubernetes auth method; {name} is the process.'),
    VAULT_JWT_FILE: z
      .string()
      .default('/var/run/secrets/kubernetes.io/serviceaccount/token')
      .describe('The token of the service account, for the role.'),
    VAULT_AUTH_MOUNT: path()
      .default('kubernetes')
      .describe('Where the Kubernetes auth method is mounted.'),
    VAULT_MOUNT: path().default('secret').describe('Where the KV engine, version 2, is mounted.'),
    VAULT_PATHS: list()
      .refine((paths) => paths.length > 0 && paths.every(isPath), {
        error: 'must be paths such as crema/common,crema/{name}',
      })
      .default(['crema/common', 'crema/{name}'])
      .describe(
        'Secrets whose fields are settings, a later one before an earlier one; {name} is the process.',
      ),
    VAULT_CHECK_S: wholeNumber(0, 86_400)
      .default(300)
      .describe(
        'So often a running process looks whether they have changed, and says so in its log; 0 never.',
      ),
  })
  .superRefine((given, context) => {
    if (given.VAULT_ADDR === undefined) return;
    const logins = LOGINS.filter((name) => given[name] !== undefined);
    if (logins.length === 1) return;
    const message =
      logins.length === 0
        ? `needs one of ${LOGINS.join(', ')}`
        : `needs one of ${logins.join(', ')}, not several`;
    context.addIssue({ code: 'custom', path: ['VAULT_ADDR'], message });
  });

export type VaultSettings = z.output<typeof vaultSettings>;
