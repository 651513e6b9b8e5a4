import { isEmail } from 'class-validator';
import { refused } from '@crema/kit';

/** The one spelling of an address: two that differ in case, width or surrounding space are one account. */
export const normalisedEmail = (text: string): string =>
  text.normalize('NFKC').trim().toLowerCase();

/** The normalised address, or a refusal that names the field. */
export function readEmail(text: string): string {
  const email = normalisedEmail(text);
  if (email.length > 254 || !isEmail(email)) {
    throw refused('INVALID_INPUT', 'This is no e-mail address.', ['email']);
  }
  return email;
}
