import type { Money } from '@crema/kit';

/** What a provider did: all but SUCCEEDED mean that no money moved. */
export type ProviderAnswer = 'SUCCEEDED' | 'DECLINED' | 'INVALID_TOKEN' | 'TOO_LATE';

export interface ProviderRequest {
  /** Stands for a card, as the provider knows it. */
  readonly token: string;
  readonly amount: Money;
  /** A request that arrives later is answered TOO_LATE: silence after this is final. */
  readonly validUntil: Date;
}

/**
 * Moves money between cards and Crema. The same key is the same movement: asked again, it is not made again
 * but answered as before. A request that throws may or may not have been carried out.
 */
export interface PaymentProvider {
  /** Names its clearing account; stays for ever. */
  readonly name: string;
  /** Takes money from a card. */
  charge(key: string, request: ProviderRequest): Promise<ProviderAnswer>;
  /** Gives money to a card. */
  payOut(key: string, request: ProviderRequest): Promise<ProviderAnswer>;
  /** What came of a key; null when the provider has not carried it out (yet). */
  find(key: string): Promise<ProviderAnswer | null>;
}

/** The provider did not answer in time. */
export class ProviderTimeoutError extends Error {
  constructor() {
    super('the payment provider did not answer');
    this.name = 'ProviderTimeoutError';
  }
}
