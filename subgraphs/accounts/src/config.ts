import { z } from 'zod';
import {
  ConfigError,
  readEnvironment,
  secretText,
  truth,
  wholeNumber,
  type Environment,
} from '@crema/kit';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './inputs/rules.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const password = () =>
  z
    .string()
    .min(SHORTEST_PASSWORD, `must have at least ${SHORTEST_PASSWORD} characters`)
    .max(LONGEST_PASSWORD, `must have at most ${LONGEST_PASSWORD} characters`);

export const settings = z.object({
  TOKEN_ISSUER: z
    .string()
    .max(200)
    .default('crema')
    .describe('The `iss` of access tokens; the router must be told the same.'),
  TOKEN_AUDIENCE: z
    .string()
    .max(200)
    .default('crema')
    .describe('The `aud` of access tokens; the router must be told the same.'),
  ACCESS_TOKEN_SECONDS: wholeNumber(30, 900)
    .default(600)
    .describe('How long an access token is good for.'),
  SESSION_DAYS: wholeNumber(1, 365)
    .default(30)
    .describe("A customer's session ends when it was not used for so long."),
  STAFF_IDLE_MINUTES: wholeNumber(1, 60)
    .default(15)
    .describe('A session of staff ends when it was not used for so long …'),
  STAFF_SESSION_HOURS: wholeNumber(1, 24).default(12).describe('… and in any case after this.'),
  KEY_ROTATION_DAYS: wholeNumber(1, 365).default(30).describe('How old a signing key becomes.'),
  SIGN_IN_WINDOW_MINUTES: wholeNumber(1, 1_440)
    .default(15)
    .describe('What tries to sign in are counted in.'),
  SIGN_IN_TRIES_PER_ACCOUNT: wholeNumber(1, 1_000)
    .default(5)
    .describe('How many tries an account has in that time.'),
  SIGN_IN_TRIES_PER_ADDRESS: wholeNumber(1, 100_000)
    .default(30)
    .describe('How many tries an address has in that time.'),
  SEAL_SECRET: secretText('must be set, the same for accounts and notifications').meta({
    description:
      'Seals one-time codes between accounts and notifications, and signing keys at rest.',
    secret: true,
  }),
  COOKIE_SECURE: truth()
    .optional()
    .describe('Cookies for https alone. True; npm start goes by NODE_ENV.'),
  DEMO_PASSWORD: password()
    .default('espresso-macchiato-42')
    .describe('Of the four people of the demo data.'),
  FIRST_ADMIN_EMAIL: z
    .email('must be an e-mail address')
    .optional()
    .describe('An administrator to begin with where there is no demo data.'),
  FIRST_ADMIN_PASSWORD: password()
    .optional()
    .meta({ description: 'The password of that administrator.', secret: true }),
});

/** How long a session lives: until it is left unused for `idleMs`, and never longer than `longestMs`. */
export interface SessionLife {
  readonly idleMs: number;
  readonly longestMs: number;
}

export interface AccountsConfig {
  readonly tokens: { readonly issuer: string; readonly audience: string; readonly lifeMs: number };
  readonly sessions: { readonly CUSTOMER: SessionLife; readonly STAFF: SessionLife };
  readonly keyRotationMs: number;
  readonly signIn: {
    readonly windowMs: number;
    readonly perAccount: number;
    readonly perAddress: number;
  };
  /** Seals one-time codes for notifications, and signing keys at rest. */
  readonly sealSecret: string;
  readonly cookieSecure: boolean;
  readonly demoPassword: string;
  readonly firstAdmin: { readonly email: string; readonly password: string } | null;
}

export function readConfig(env: Environment): AccountsConfig {
  const given = readEnvironment(settings, env);
  return Object.freeze({
    tokens: {
      issuer: given.TOKEN_ISSUER,
      audience: given.TOKEN_AUDIENCE,
      lifeMs: given.ACCESS_TOKEN_SECONDS * 1_000,
    },
    sessions: {
      CUSTOMER: { idleMs: given.SESSION_DAYS * DAY_MS, longestMs: 365 * DAY_MS },
      STAFF: {
        idleMs: given.STAFF_IDLE_MINUTES * MINUTE_MS,
        longestMs: given.STAFF_SESSION_HOURS * HOUR_MS,
      },
    },
    keyRotationMs: given.KEY_ROTATION_DAYS * DAY_MS,
    signIn: {
      windowMs: given.SIGN_IN_WINDOW_MINUTES * MINUTE_MS,
      perAccount: given.SIGN_IN_TRIES_PER_ACCOUNT,
      perAddress: given.SIGN_IN_TRIES_PER_ADDRESS,
    },
    sealSecret: given.SEAL_SECRET,
    cookieSecure: given.COOKIE_SECURE ?? true,
    demoPassword: given.DEMO_PASSWORD,
    firstAdmin: firstAdminOf(given),
  });
}

function firstAdminOf({
  FIRST_ADMIN_EMAIL: email,
  FIRST_ADMIN_PASSWORD: password,
}: z.output<typeof settings>): AccountsConfig['firstAdmin'] {
  if (email !== undefined && password !== undefined) return { email, password };
  if (email === undefined && password === undefined) return null;
  throw new ConfigError([
    { settings: ['FIRST_ADMIN_EMAIL', 'FIRST_ADMIN_PASSWORD'], message: 'set both or none' },
  ]);
}
