import type { Context } from '@crema/kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import {
  DepositFundsInput,
  TransferFundsInput,
  WithdrawFundsInput,
} from '../inputs/funds-inputs.ts';
import type { Funding } from '../services/funding.ts';
import type { TransferFunds } from '../services/transfer-funds.ts';
import { WalletPayload } from '../types/wallet-payload.ts';

@Resolver()
export class FundsResolver {
  constructor(
    private readonly funding: Funding,
    private readonly transfers: TransferFunds,
  ) {}

  @Directive('@authenticated')
  @Mutation(() => WalletPayload, {
    description: "Moves money from a card into the caller's wallet, once per idempotency key.",
  })
  async depositFunds(
    @Arg('input', () => DepositFundsInput, { description: 'How much, and from where.' })
    { paymentToken, ...input }: DepositFundsInput,
    @Ctx() { caller }: Context,
  ): Promise<WalletPayload> {
    return WalletPayload.of(await this.funding.deposit(caller, { ...input, token: paymentToken }));
  }

  @Directive('@authenticated')
  @Mutation(() => WalletPayload, {
    description: "Moves money from the caller's wallet to a card, once per idempotency key.",
  })
  async withdrawFunds(
    @Arg('input', () => WithdrawFundsInput, { description: 'How much, and whereto.' })
    { payoutToken, ...input }: WithdrawFundsInput,
    @Ctx() { caller }: Context,
  ): Promise<WalletPayload> {
    return WalletPayload.of(await this.funding.withdraw(caller, { ...input, token: payoutToken }));
  }

  @Directive('@authenticated')
  @Mutation(() => WalletPayload, {
    description:
      "Moves money from the caller's wallet to another user's, once per idempotency key.",
  })
  async transferFunds(
    @Arg('input', () => TransferFundsInput, { description: 'How much, and to whom.' })
    input: TransferFundsInput,
    @Ctx() { caller }: Context,
  ): Promise<WalletPayload> {
    return WalletPayload.of(await this.transfers.run(caller, input));
  }
}
