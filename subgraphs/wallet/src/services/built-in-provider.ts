import type { Clock, Database } from '@crema/kit';
import { ProviderRecord } from '../entities/provider-record.ts';
import {
  ProviderTimeoutError,
  type PaymentProvider,
  type ProviderAnswer,
  type ProviderRequest,
} from './payment-provider.ts';

/** Moves no real money: what it answers stands in the token. It keeps its books as a real one does. */
export class BuiltInProvider implements PaymentProvider {
  readonly name = 'built-in';

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  charge(key: string, request: ProviderRequest): Promise<ProviderAnswer> {
    return this.answer('CHARGE', key, request);
  }

  payOut(key: string, request: ProviderRequest): Promise<ProviderAnswer> {
    return this.answer('PAY_OUT', key, request);
  }

  async find(key: string): Promise<ProviderAnswer | null> {
    const [record] = await this.database.findMany(ProviderRecord, [key]);
    return record?.answer ?? null;
  }

  private async answer(
    action: ProviderRecord['action'],
    key: string,
    { token, amount, validUntil }: ProviderRequest,
  ): Promise<ProviderAnswer> {
    const answer = ANSWERS.get(token) ?? 'INVALID_TOKEN';
    if (answer === 'TIMEOUT') throw new ProviderTimeoutError();
    return this.database.transaction(async (tx) => {
      const known = await tx.lock(ProviderRecord, key);
      if (known) return known.answer;
      const at = this.clock.now();
      if (at > validUntil) return 'TOO_LATE';
      tx.insert(ProviderRecord, {
        requestKey: key,
        action,
        answer,
        currency: amount.currency,
        amountMinor: amount.minor,
        at,
      });
      return answer;
    });
  }
}

const ANSWERS = new Map<string, ProviderAnswer | 'TIMEOUT'>([
  ['tok_visa', 'SUCCEEDED'],
  ['tok_declined', 'DECLINED'],
  ['tok_timeout', 'TIMEOUT'],
]);
