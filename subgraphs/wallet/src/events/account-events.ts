import { on, type Consumer } from '@crema/kit';
import { UserChanged, UserSignedUp } from '@crema/schema/events';
import { keepContact } from '../services/contacts.ts';
import type { Wallets } from '../services/wallets.ts';

/** Whoever signs up has a wallet. */
export const openWallet = (wallets: Wallets): Consumer =>
  on(UserSignedUp, 'wallet.open-wallet', async (tx, { key: userId, data }) => {
    await wallets.ensure(tx, userId);
    await keepContact(tx, userId, data.email);
  });

/** Money can be sent to the e-mail that a user has now. */
export const followContact = (): Consumer =>
  on(UserChanged, 'wallet.follow-contact', (tx, { key: userId, data }) =>
    keepContact(tx, userId, data.email),
  );
