import type { Context } from '@crema/kit';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Wallet } from '../entities/wallet.ts';
import type { Wallets } from '../services/wallets.ts';
import { User } from '../types/user.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly wallets: Wallets) {}

  @Directive('@authenticated')
  @FieldResolver(() => Wallet, {
    nullable: true,
    description: "The user's wallet; null for all but the user and administrators.",
  })
  wallet(@Root() user: User, @Ctx() { caller, loaders }: Context): Promise<Wallet | null> {
    return this.wallets.ofUser(caller, loaders, user.id);
  }
}
