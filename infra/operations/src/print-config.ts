/**
 * Shows what a process would be told, and where each value comes from; nothing is started.
 * Usage: npm run config:print [-- --process standalone|router|SUBGRAPH]
 */
import { parseArgs } from 'node:util';
import { processNames, reportOn } from './config-report.ts';
import { fail } from './data-dir.ts';

const USAGE = `npm run config:print [-- --process ${processNames.join('|')}]`;

const { lines, isRight } = await reportOn(chosen(), process.env, (line) => console.error(line));
for (const line of lines) console.log(line);
process.exit(isRight ? 0 : 1);

function chosen(): string {
  try {
    const { values } = parseArgs({ options: { process: { type: 'string' } } });
    const { process: name = 'standalone' } = values;
    return processNames.includes(name) ? name : fail(USAGE);
  } catch {
    return fail(USAGE);
  }
}
