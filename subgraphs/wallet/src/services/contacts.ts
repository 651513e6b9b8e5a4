import type { Transaction } from '@crema/kit';
import { Contact } from '../entities/contact.ts';

/** As accounts spells it. */
const normalised = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** Keeps by which e-mail each user is known. */
export async function keepContact(tx: Transaction, userId: string, email: string): Promise<void> {
  const contact = { id: userId, email: normalised(email) };
  const known = await tx.lock(Contact, userId);
  if (!known) tx.insert(Contact, contact);
  else if (known.email !== contact.email) tx.update(Contact, userId, contact);
}

/**
 * The user of this e-mail, or null. While an address passes from one user to another, two may seem to have
 * it; then nobody has, for money must not go to the wrong one.
 */
export async function userOfEmail(tx: Transaction, email: string): Promise<string | null> {
  const contacts = await tx.findMany(Contact, [normalised(email)], { by: 'email' });
  return contacts.length === 1 ? contacts[0]!.id : null;
}
