import { connectionType, edgeType } from '@crema/kit';
import { ObjectType } from 'type-graphql';
import { WalletTransaction } from '../entities/wallet-transaction.ts';

@ObjectType({ description: 'One movement of the list.' })
export class WalletTransactionEdge extends edgeType('WalletTransaction', () => WalletTransaction) {}

@ObjectType({ description: 'A page of movements, newest first.' })
export class WalletTransactionConnection extends connectionType(
  'WalletTransaction',
  () => WalletTransaction,
  WalletTransactionEdge,
) {}
