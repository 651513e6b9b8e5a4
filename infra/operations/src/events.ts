/**
 * Events that could not be applied, and how far consumers are.
 * Usage: npm run events -- lag | dlq list [GROUP] | dlq replay GROUP [EVENT_ID …]
 */
import { fail, openExistingEvents } from './data-dir.ts';

const USAGE = 'npm run events -- lag | dlq list [GROUP] | dlq replay GROUP [EVENT_ID …]';

const [command, subcommand, group, ...eventIds] = process.argv.slice(2);
const events = await openExistingEvents();

if (command === 'lag') {
  for (const each of await events.lag()) {
    console.log(`${each.group}\t${each.topic}\t${each.partition}\t${each.behind}`);
  }
} else if (command === 'dlq' && subcommand === 'list') {
  const letters = await events.deadLetters(group);
  for (const letter of letters) {
    const { id, type, key } = letter.event;
    console.log(`${letter.failedAt}\t${letter.group}\t${id}\t${type}\t${key}\t${letter.error}`);
  }
  console.log(letters.length === 0 ? 'No dead letters.' : `${letters.length} dead letters.`);
} else if (command === 'dlq' && subcommand === 'replay' && group !== undefined) {
  const count = await events.replay(group, eventIds.length > 0 ? eventIds : undefined);
  console.log(`${count} handed to ${group} again.`);
} else {
  fail(USAGE);
}
await events.close();
