import { Money, type Context } from '@crema/kit';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Wallet } from '../entities/wallet.ts';
import type { WalletHistory } from '../services/wallet-history.ts';
import type { Wallets } from '../services/wallets.ts';
import type { WalletState } from '../types/wallet-state.ts';
import { WalletTransactionConnection } from '../types/wallet-transaction-connection.ts';

@Resolver(() => Wallet)
export class WalletResolver {
  constructor(
    private readonly wallets: Wallets,
    private readonly history: WalletHistory,
  ) {}

  @Directive('@requiresScopes(scopes: [["wallets:read"]])')
  @Query(() => Wallet, { nullable: true, description: 'Any wallet, for administrators.' })
  wallet(
    @Arg('id', () => ID, { description: "The wallet's id." }) id: string,
    @Ctx() { caller, loaders }: Context,
  ): Promise<Wallet | null> {
    caller.require('wallets:read');
    return this.wallets.byId(caller, loaders, id);
  }

  @FieldResolver(() => Money, { description: 'All of it: available and held.' })
  async balance(@Root() wallet: Wallet, @Ctx() { loaders }: Context): Promise<Money> {
    const { availableMinor, heldMinor, currency } = await this.wallets.state(wallet, loaders);
    return new Money(availableMinor + heldMinor, currency);
  }

  @FieldResolver(() => Money, { description: 'Held for orders that are not captured yet.' })
  async held(@Root() wallet: Wallet, @Ctx() { loaders }: Context): Promise<Money> {
    const { heldMinor, currency } = await this.wallets.state(wallet, loaders);
    return new Money(heldMinor, currency);
  }

  @FieldResolver(() => Money, { description: 'What can be spent now.' })
  async available(@Root() wallet: Wallet, @Ctx() { loaders }: Context): Promise<Money> {
    const { availableMinor, currency } = await this.wallets.state(wallet, loaders);
    return new Money(availableMinor, currency);
  }

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @FieldResolver(() => WalletTransactionConnection, { description: 'Its history, newest first.' })
  transactions(
    @Root() wallet: Wallet,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 20,
      description: 'How many at most, up to 100.',
    })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on after.' })
    after: string | null,
    @Ctx() { loaders }: Context,
  ): Promise<WalletTransactionConnection> {
    return this.history.page(wallet, loaders, first, after);
  }

  @Directive('@authenticated')
  @Subscription(() => Wallet, {
    topics: 'walletChanged',
    description: "The caller's wallet: as it is, then as it is after each change.",
  })
  walletChanged(@Root() state: WalletState, @Ctx() { caller }: Context): Wallet {
    return this.wallets.inState(caller, state);
  }
}
