/** Recomputes every balance from the ledger's entries. Usage: npm run ledger:verify */
import { verifyLedger, wallet } from '@crema/wallet';
import { openExisting } from './data-dir.ts';
import { report } from './report.ts';

const database = await openExisting(wallet);
report('ledger', await verifyLedger(database));
await database.close();
