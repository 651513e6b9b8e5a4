import { stableId, type CallerClaims, type MoneyValue, type SubgraphDefinition } from '@crema/kit';
import {
  createTestSubgraph,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@crema/kit/testing';
import {
  OrderClosed,
  OrderPaymentDue,
  OrderRefundDue,
  UserChanged,
  UserSignedUp,
} from '@crema/schema/events';
import { BuiltInProvider } from '../src/services/built-in-provider.ts';
import type { PaymentProvider } from '../src/services/payment-provider.ts';
import { createWallet, verifyLedger, wallet } from '../src/subgraph.ts';

export { walletIdOf } from '../src/entities/wallet.ts';

export const CAFE = stableId('cafe/astoria');
export const ADMIN: CallerClaims = { sub: 'admin', scope: 'wallets:read', workplaces: ['*'] };
export const BARISTA: CallerClaims = {
  sub: 'barista',
  scope: 'queue:work stock:read orders:read',
  workplaces: [CAFE],
};

const PAYLOAD = `{
  wallet { id balance { amount } held { amount } available { amount currencyCode } }
  transaction { id kind amount { amount } balanceAfter { amount } at description counterparty { id } order { id } }
  userErrors { code field message }
}`;

export interface Amount {
  amount: string;
}

export interface MovementAnswer {
  id: string;
  kind: string;
  amount: Amount;
  balanceAfter: Amount;
  at: string;
  description: string;
  counterparty: { id: string } | null;
  order: { id: string } | null;
}

export interface PayloadAnswer {
  wallet: { id: string; balance: Amount; held: Amount; available: Amount } | null;
  transaction: MovementAnswer | null;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

export interface MoveOptions {
  key?: string;
  token?: string;
  currency?: string;
}

interface Options extends TestSubgraphOptions {
  /** In the place of the built-in provider, or around it. */
  provider?: (builtIn: PaymentProvider) => PaymentProvider;
}

export async function createTestWallet({
  provider = (builtIn) => builtIn,
  ...options
}: Options = {}) {
  const create: (typeof wallet)['create'] = (deps, config) =>
    createWallet(deps, config, provider(new BuiltInProvider(deps.database, deps.clock)));
  const definition = { ...wallet, create } as SubgraphDefinition;
  return new TestWallet(await createTestSubgraph(definition, options));
}

/** A wallet subgraph at work, and what people and other subgraphs do with it. */
export class TestWallet {
  private keys = 0;

  constructor(readonly test: TestSubgraph) {}

  get database() {
    return this.test.running.database!;
  }

  async signUp(...names: string[]): Promise<void> {
    for (const name of names) await this.test.tell(UserSignedUp, name, signedUp(name));
  }

  async changeEmail(name: string, email: string): Promise<void> {
    const { signedUpAt: _, ...user } = signedUp(name);
    await this.test.tell(UserChanged, name, { ...user, email });
  }

  deposit(name: string, amount: string, options: MoveOptions = {}): Promise<PayloadAnswer> {
    const input = { ...this.inputOf(amount, options), paymentToken: options.token ?? 'tok_visa' };
    return this.mutate(name, 'depositFunds', 'DepositFundsInput', input);
  }

  withdraw(name: string, amount: string, options: MoveOptions = {}): Promise<PayloadAnswer> {
    const input = { ...this.inputOf(amount, options), payoutToken: options.token ?? 'tok_visa' };
    return this.mutate(name, 'withdrawFunds', 'WithdrawFundsInput', input);
  }

  transfer(
    name: string,
    toEmail: string,
    amount: string,
    { note, ...options }: MoveOptions & { note?: string } = {},
  ): Promise<PayloadAnswer> {
    const input = { ...this.inputOf(amount, options), toEmail, note };
    return this.mutate(name, 'transferFunds', 'TransferFundsInput', input);
  }

  private inputOf(amount: string, { key, currency = 'USD' }: MoveOptions) {
    return {
      idempotencyKey: key ?? `key-${++this.keys}`,
      amount: { amount, currencyCode: currency },
    };
  }

  private async mutate(
    name: string,
    field: string,
    type: string,
    input: unknown,
  ): Promise<PayloadAnswer> {
    const { data, errors } = await this.test.ask(
      { sub: name },
      `mutation ($input: ${type}!) { ${field}(input: $input) ${PAYLOAD} }`,
      { input },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data![field] as PayloadAnswer;
  }

  /** [available, held] in minor units, as its owner sees them. */
  async money(name: string): Promise<[number, number]> {
    const answer = await this.own(name, '{ available { amount } held { amount } }');
    const { available, held } = answer as { available: Amount; held: Amount };
    return [minorOf(available), minorOf(held)];
  }

  async history(name: string, first = 100): Promise<MovementAnswer[]> {
    const fields = `id kind amount { amount } balanceAfter { amount } at description counterparty { id } order { id }`;
    const answer = await this.own(
      name,
      `{ transactions(first: ${first}) { nodes { ${fields} } } }`,
    );
    return (answer as { transactions: { nodes: MovementAnswer[] } }).transactions.nodes;
  }

  /** A selection of the wallet that `caller` (its owner, unless told) sees of a user. */
  async own(name: string, selection: string, caller: CallerClaims | null = { sub: name }) {
    const { data, errors } = await this.test.ask(
      caller,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { wallet ${selection} } } }`,
      { r: [{ __typename: 'User', id: name }] },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return (data as { _entities: [{ wallet: unknown }] })._entities[0].wallet;
  }

  due(orderId: string, name: string, minor: number, currency = 'USD') {
    return this.test.tell(OrderPaymentDue, orderId, {
      ...this.order(orderId, name),
      total: { minor, currency },
    });
  }

  close(
    orderId: string,
    name: string,
    minor: number,
    closing: { refundDue?: boolean; status?: 'REJECTED' | 'CANCELLED' } = {},
  ) {
    return this.test.tell(OrderClosed, orderId, {
      ...this.order(orderId, name),
      status: 'CANCELLED',
      reason: 'CANCELLED_BY_CUSTOMER',
      message: 'Cancelled.',
      wasConfirmed: true,
      refundDue: true,
      total: { minor, currency: 'USD' },
      ...closing,
    });
  }

  refund(
    orderId: string,
    name: string,
    refundId: string,
    minor: number,
    amounts?: Record<'subtotal' | 'tax' | 'tip' | 'total', MoneyValue>,
  ) {
    return this.test.tell(OrderRefundDue, orderId, {
      ...this.order(orderId, name),
      refundId,
      amounts,
      amount: { minor, currency: 'USD' },
      reason: 'It was cold.',
      lineIds: [],
    });
  }

  private order(orderId: string, customerId: string) {
    return {
      cafeId: CAFE,
      customerId,
      number: orderId.slice(0, 8).toUpperCase(),
      at: this.test.clock.now().toISOString(),
    };
  }

  /** Lets time go by, and the jobs do what it asks for. */
  async pass(ms: number): Promise<void> {
    this.test.clock.advance(ms);
    for (const job of this.test.running.subgraph.jobs) await job.run();
    await this.test.settle();
  }

  verify() {
    return verifyLedger(this.database);
  }
}

export const emailOf = (name: string): string => `${name}@crema.test`;

export const minorOf = ({ amount }: Amount): number => Math.round(Number(amount) * 100);

const signedUp = (name: string) => ({
  name,
  email: emailOf(name),
  phone: null,
  roles: ['CUSTOMER' as const],
  workplaces: [],
  signedUpAt: '2026-03-01T00:00:00.000Z',
});
