import { ConfigError, stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { readConfig } from '../src/config.ts';
import { createTestWallet } from './support.ts';

afterEach(closeTestSubgraphs);

describe('the demo', () => {
  const CUSTOMER = stableId('user/customer@crema.test');

  it('gives the customer 100.00, once', async () => {
    const shop = await createTestWallet();
    for (let time = 0; time < 2; time++) await shop.test.running.subgraph.loadDemo!();
    expect(await shop.money(CUSTOMER)).toEqual([10_000, 0]);
    await shop.signUp(CUSTOMER);
    await shop.withdraw(CUSTOMER, '100');
    // Long after the idempotency key is forgotten.
    await shop.pass(30 * 86_400_000);
    await shop.test.running.subgraph.loadDemo!();
    expect(await shop.money(CUSTOMER)).toEqual([0, 0]);
  });
});

describe('the configuration', () => {
  it('is in US dollars unless told', () => {
    expect(readConfig({})).toEqual({ currency: 'USD' });
    expect(readConfig({ WALLET_CURRENCY: 'EUR' })).toEqual({ currency: 'EUR' });
  });

  it('names what is wrong', () => {
    expect(() => readConfig({ WALLET_CURRENCY: 'dollars' })).toThrow(ConfigError);
    expect(() => readConfig({ WALLET_CURRENCY: 'dollars' })).toThrow(/WALLET_CURRENCY/);
  });
});
