import { dictionary } from '@zxcvbn-ts/language-common';

/** The commonest passwords of leaked lists, the commonest first, in lower case. */
const leaked: readonly string[] = dictionary['passwords-common'];

const SHORTEST_PASSWORD = 12;
/** Rarer words than these are found in good passwords, too. */
const STEMS = 2_000;

/** Those with 12 characters and more: shorter ones are refused for their length. */
export const commonPasswords: ReadonlySet<string> = new Set(
  leaked.filter((word) => word.length >= SHORTEST_PASSWORD),
);

/** Short ones that people repeat, or put digits around, until the password is long enough. */
export const commonStems: ReadonlySet<string> = new Set(leaked.slice(0, STEMS));
