import { readEnvironment, type Environment } from '@crema/kit';
import { z } from 'zod';

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const settings = z.object({
  WALLET_CURRENCY: z
    .string()
    .refine((code) => currencies.has(code), 'must be an ISO 4217 code such as USD')
    .default('USD')
    .describe('ISO 4217; of wallets that are opened from now on.'),
});

export interface WalletConfig {
  readonly currency: string;
}

export const readConfig = (env: Environment): WalletConfig =>
  Object.freeze({ currency: readEnvironment(settings, env).WALLET_CURRENCY });
