import type { User } from '../entities/user.ts';

/** A name as it is kept, and as it is ordered and searched. */
export function nameOf(text: string): Pick<User, 'name' | 'nameKey'> {
  const name = text.normalize('NFC').trim();
  return { name, nameKey: nameKeyOf(name) };
}

export const nameKeyOf = (text: string): string => text.normalize('NFC').trim().toLowerCase();
