/** Recomputes every stock level from its movements and reservations. Usage: npm run stock:verify */
import { inventory, verifyStock } from '@crema/inventory';
import { openExisting } from './data-dir.ts';
import { report } from './report.ts';

const database = await openExisting(inventory);
report('stock', await verifyStock(database));
await database.close();
