import type { ResolveReference } from '@crema/kit';
import type { Wallets } from '../services/wallets.ts';
import { User } from '../types/user.ts';

/** What other subgraphs may refer to. Whose it is decides who sees it, on this way as on every other. */
export const references = (wallets: Wallets): Record<string, ResolveReference<unknown>> => ({
  Wallet: ({ id }, { caller, loaders }) => wallets.byId(caller, loaders, id),
  WalletTransaction: ({ id }, { caller, loaders }) => wallets.transaction(caller, loaders, id),
  User: ({ id }) => User.of(id),
});
