/** Recomputes every balance from the ledger's entries. Usage: npm run ledger:verify */
import { verifyLedger, wallet } from '@crema/wallet';
import { openExisting } from './data-dir.ts';
import { report } from './report.ts';

const database = await openExisting(wallet);
const { accounts, transactions, entries, differences } = await verifyLedger(database);
console.log(`${entries} entries of ${transactions} transactions in ${accounts} accounts.`);
report('ledger', differences);
await database.close();
