import { waking, type Waking } from '@crema/kit';
import {
  FundsDeposited,
  FundsHeld,
  FundsReleased,
  FundsTransferred,
  FundsWithdrawn,
  PaymentCaptured,
  PaymentRefunded,
} from '@crema/schema/events';
import { walletIdOf } from '../entities/wallet.ts';

/** The events that say of a wallet that it has changed: each change is published as one of these. */
export const walletWakings: readonly Waking[] = [
  ...[PaymentCaptured, PaymentRefunded].map((contract) =>
    waking<{ customerId: string }>(contract, ({ data }) => [walletIdOf(data.customerId)]),
  ),
  ...[FundsDeposited, FundsHeld, FundsReleased, FundsWithdrawn].map((contract) =>
    waking<{ walletId: string }>(contract, ({ data }) => [data.walletId]),
  ),
  waking(FundsTransferred, ({ data }) => [data.walletId, data.toWalletId]),
];
