import { refused } from '@crema/kit';
import { commonPasswords, commonStems } from './common-passwords.ts';

const FEWEST_DIFFERENT_CHARACTERS = 5;
/** A shorter local part is found in too much by chance. */
const SHORTEST_LOCAL_PART = 3;

/** Refuses passwords that are guessed first. Their length is checked with the input. */
export function requireGoodPassword(password: string, email: string, field: string): void {
  const guess = password.normalize('NFKC').toLowerCase();
  if (isCommon(guess)) {
    throw refused('WEAK_PASSWORD', 'This password is commonly used. Choose another one.', [field]);
  }
  const localPart = email.slice(0, email.lastIndexOf('@'));
  if (localPart.length >= SHORTEST_LOCAL_PART && guess.includes(localPart)) {
    throw refused('WEAK_PASSWORD', 'The password must not contain your e-mail address.', [field]);
  }
}

function isCommon(guess: string): boolean {
  const trunk = guess.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return (
    commonPasswords.has(guess) ||
    new Set(guess).size < FEWEST_DIFFERENT_CHARACTERS ||
    isSequence(guess) ||
    commonStems.has(trunk) ||
    [guess, trunk].some((text) => commonStems.has(repeatedPart(text)))
  );
}

/** Each character follows the one before it: abcdefghijkl. */
const isSequence = (text: string): boolean =>
  [...text].every(
    (character, index, all) =>
      index === 0 || character.codePointAt(0)! - all[index - 1]!.codePointAt(0)! === 1,
  );

/** The shortest text that repeated makes this one: `password` of `passwordpassword`; else the text itself. */
function repeatedPart(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}
