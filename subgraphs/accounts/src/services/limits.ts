import type { AccountsConfig } from '../config.ts';
import type { Limit } from './throttle.ts';

const HOUR_MS = 3_600_000;

/** What may be tried how often. An account is its normalised address, whether or not it exists. */
export interface Limits {
  readonly passwordPerAccount: Limit;
  readonly passwordPerAddress: Limit;
  readonly codeRequestPerAccount: Limit;
  readonly codeRequestPerAddress: Limit;
  readonly codePerAccount: Limit;
  readonly codePerAddress: Limit;
}

/** Five codes an hour with a handful of tries each: a guess succeeds once in some thousands of hours. */
export const limitsOf = ({
  signIn: { windowMs, perAccount, perAddress },
}: AccountsConfig): Limits => ({
  passwordPerAccount: { name: 'password-account', most: perAccount, windowMs },
  passwordPerAddress: { name: 'password-address', most: perAddress, windowMs },
  codeRequestPerAccount: { name: 'code-request-account', most: 5, windowMs: HOUR_MS },
  codeRequestPerAddress: { name: 'code-request-address', most: perAddress, windowMs },
  codePerAccount: { name: 'code-account', most: 10, windowMs: HOUR_MS },
  codePerAddress: { name: 'code-address', most: perAddress, windowMs },
});
