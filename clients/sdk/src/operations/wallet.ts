import { graphql } from '../graphql.ts';
import { MoneyFields, PageInfoFields, UserErrorFields } from './shared.ts';

export const WalletFields = graphql(
  `
    fragment WalletFields on Wallet {
      id
      balance {
        ...MoneyFields
      }
      held {
        ...MoneyFields
      }
      available {
        ...MoneyFields
      }
    }
  `,
  [MoneyFields],
);

export const WalletTransactionFields = graphql(
  `
    fragment WalletTransactionFields on WalletTransaction {
      id
      kind
      amount {
        ...MoneyFields
      }
      balanceAfter {
        ...MoneyFields
      }
      at
      description
      order {
        id
        number
      }
      counterparty {
        id
        name
      }
    }
  `,
  [MoneyFields],
);

const WalletPayloadFields = graphql(
  `
    fragment WalletPayloadFields on WalletPayload {
      wallet {
        ...WalletFields
      }
      transaction {
        ...WalletTransactionFields
      }
      userErrors {
        ...UserErrorFields
      }
    }
  `,
  [WalletFields, WalletTransactionFields, UserErrorFields],
);

export const MyWallet = graphql(
  `
    query MyWallet {
      me {
        id
        wallet {
          ...WalletFields
        }
      }
    }
  `,
  [WalletFields],
);

/** Newest first. */
export const MyWalletTransactions = graphql(
  `
    query MyWalletTransactions($first: Int, $after: String) {
      me {
        id
        wallet {
          id
          transactions(first: $first, after: $after) {
            nodes {
              ...WalletTransactionFields
            }
            pageInfo {
              ...PageInfoFields
            }
          }
        }
      }
    }
  `,
  [WalletTransactionFields, PageInfoFields],
);

export const DepositFunds = graphql(
  `
    mutation DepositFunds($input: DepositFundsInput!) {
      depositFunds(input: $input) {
        ...WalletPayloadFields
      }
    }
  `,
  [WalletPayloadFields],
);

export const WithdrawFunds = graphql(
  `
    mutation WithdrawFunds($input: WithdrawFundsInput!) {
      withdrawFunds(input: $input) {
        ...WalletPayloadFields
      }
    }
  `,
  [WalletPayloadFields],
);

export const TransferFunds = graphql(
  `
    mutation TransferFunds($input: TransferFundsInput!) {
      transferFunds(input: $input) {
        ...WalletPayloadFields
      }
    }
  `,
  [WalletPayloadFields],
);

export const WatchWallet = graphql(
  `
    subscription WatchWallet {
      walletChanged {
        ...WalletFields
      }
    }
  `,
  [WalletFields],
);
