import { Caller, stableId } from '@crema/kit';
import type { Funding } from './services/funding.ts';
import type { Wallets } from './services/wallets.ts';

/** Puts 100.00 into the demo customer's wallet, unless it has ever been used. */
export async function loadDemo(funding: Funding, wallets: Wallets): Promise<void> {
  const userId = stableId('user/customer@crema.test');
  const { currency, state } = await wallets.present(userId);
  if (state!.version > 0) return;
  await funding.deposit(new Caller({ sub: userId }), {
    idempotencyKey: 'demo',
    amount: { amount: '100.00', currencyCode: currency },
    token: 'tok_visa',
  });
}
