/**
 * Follows the audit log's chain of hashes from its first entry to its last. A head that was kept elsewhere shows
 * whether entries were cut off the end since. Usage: npm run audit:verify [-- --head HASH]
 */
import { parseArgs } from 'node:util';
import { accounts, verifyAudit } from '@crema/accounts';
import { fail, openExisting } from './data-dir.ts';
import { report } from './report.ts';

const USAGE = 'npm run audit:verify [-- --head HASH], where HASH are the 64 hexadecimal digits';

function readHead(): string | undefined {
  try {
    const { head } = parseArgs({ options: { head: { type: 'string' } } }).values;
    if (head === undefined) return undefined;
    return /^[0-9a-f]{64}$/i.test(head) ? head.toLowerCase() : fail(`--head ${head}: ${USAGE}`);
  } catch (error) {
    return fail(`${(error as Error).message} ${USAGE}`);
  }
}

const keptHead = readHead();
const database = await openExisting(accounts);
const { entries, head, keptHeadAt, differences } = await verifyAudit(database, keptHead);
console.log(`${entries} entries. Head: ${head ?? 'none yet'}`);
if (keptHeadAt !== null) console.log(`The head that was kept is entry ${keptHeadAt}.`);
report('audit log', differences);
await database.close();
