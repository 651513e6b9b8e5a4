import {
  bigIntType,
  createTable,
  idType,
  instantType,
  intType,
  makeImmutable,
  nullable,
  stringType,
  textType,
} from '@crema/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Wallets1700000006001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createLedger(runner);
    await this.createWallets(runner);
    await this.createFunding(runner);
    for (const table of IMMUTABLE) await makeImmutable(runner, table);
  }

  private async createLedger(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'ledger_accounts', {
      columns: {
        id: stringType(150),
        kind: stringType(30),
        owner_id: idType(),
        currency: stringType(3),
        balance_minor: bigIntType(),
        version: bigIntType(),
      },
      key: ['id'],
    });
    await createTable(runner, 'ledger_transactions', {
      columns: { id: idType(), reference: stringType(200), at: instantType() },
      key: ['id'],
      uniques: [['reference']],
    });
    await createTable(runner, 'ledger_entries', {
      columns: {
        transaction_id: idType(),
        line: intType(),
        account_id: stringType(150),
        account_version: bigIntType(),
        amount_minor: bigIntType(),
        currency: stringType(3),
        balance_after_minor: bigIntType(),
      },
      key: ['transaction_id', 'line'],
      uniques: [['account_id', 'account_version']],
    });
  }

  private async createWallets(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'wallets', {
      columns: {
        id: idType(),
        owner_id: idType(),
        currency: stringType(3),
        created_at: instantType(),
      },
      key: ['id'],
      uniques: [['owner_id']],
    });
    await createTable(runner, 'wallet_transactions', {
      columns: {
        position: bigIntType(),
        id: idType(),
        wallet_id: idType(),
        kind: stringType(20),
        currency: stringType(3),
        amount_minor: bigIntType(),
        balance_after_minor: bigIntType(),
        reference: stringType(200),
        at: instantType(),
        description: textType(),
        order_id: nullable(idType()),
        counterparty_id: nullable(idType()),
      },
      key: ['position'],
      generated: true,
      indexes: [['wallet_id', 'position']],
      uniques: [['id']],
    });
    await createTable(runner, 'contacts', {
      columns: { id: idType(), email: stringType(254) },
      key: ['id'],
      indexes: [['email']],
    });
  }

  private async createFunding(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'payments', {
      columns: {
        order_id: idType(),
        order_number: stringType(50),
        customer_id: idType(),
        wallet_id: idType(),
        cafe_id: idType(),
        status: stringType(10),
        currency: stringType(3),
        total_minor: bigIntType(),
        refunded_minor: bigIntType(),
        created_at: instantType(),
        updated_at: instantType(),
      },
      key: ['order_id'],
    });
    await createTable(runner, 'funding_attempts', {
      columns: {
        id: idType(),
        kind: stringType(10),
        status: stringType(10),
        user_id: idType(),
        wallet_id: idType(),
        currency: stringType(3),
        amount_minor: bigIntType(),
        failure: nullable(stringType(30)),
        wallet_transaction_id: nullable(idType()),
        created_at: instantType(),
        asked_at: instantType(),
        valid_until: instantType(),
      },
      key: ['id'],
      indexes: [['status', 'asked_at']],
    });
    await createTable(runner, 'provider_records', {
      columns: {
        request_key: idType(),
        action: stringType(10),
        answer: stringType(20),
        currency: stringType(3),
        amount_minor: bigIntType(),
        at: instantType(),
      },
      key: ['request_key'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.dropTable(table);
  }
}

const IMMUTABLE = ['ledger_transactions', 'ledger_entries', 'wallet_transactions'];

const TABLES = [
  'provider_records',
  'funding_attempts',
  'payments',
  'contacts',
  'wallet_transactions',
  'wallets',
  'ledger_entries',
  'ledger_transactions',
  'ledger_accounts',
];
