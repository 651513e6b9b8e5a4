import { refused, type Refusal } from '@crema/kit';
import type { FundingAttempt, FundingFailure, FundingKind } from '../entities/funding-attempt.ts';
import type { ProviderAnswer } from './payment-provider.ts';

/** What an attempt failed of, by the provider's answer. */
export const FAILURE = {
  DECLINED: 'PAYMENT_DECLINED',
  INVALID_TOKEN: 'INVALID_PAYMENT_TOKEN',
  TOO_LATE: 'PAYMENT_TIMED_OUT',
} satisfies Record<Exclude<ProviderAnswer, 'SUCCEEDED'>, FundingFailure>;

export const insufficientFunds = (): Refusal =>
  refused('INSUFFICIENT_FUNDS', 'There is not enough money in your wallet.', ['amount']);

/** What a person is told of an attempt that did not succeed, or has not yet. */
export function failureOf({ kind, status, failure }: FundingAttempt): Refusal {
  const field = [kind === 'DEPOSIT' ? 'paymentToken' : 'payoutToken'];
  switch (failure) {
    case 'PAYMENT_DECLINED':
      return refused(failure, 'The card was declined. Try another one.', field);
    case 'INVALID_PAYMENT_TOKEN':
      return refused(failure, 'The payment provider does not know this card.', field);
    case 'PAYMENT_TIMED_OUT':
      return refused(failure, 'The payment provider did not answer; no money moved.', field);
    case null:
      if (status === 'UNKNOWN' || status === 'PENDING') {
        return refused('PAYMENT_TIMED_OUT', STILL_OPEN[kind], field);
      }
      throw new Error(`a ${status} attempt is no failure`);
  }
}

const STILL_OPEN = {
  DEPOSIT:
    'The payment provider did not answer in time. Nothing is booked; it is safe to try again with the same key.',
  WITHDRAWAL:
    'The payment provider did not answer in time. The amount is held until it does; it is safe to try again with the same key.',
} satisfies Record<FundingKind, string>;
