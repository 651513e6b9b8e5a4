/**
 * Makes the read models of analytics again from the event log, beside those that figures are told from, whether or
 * not Crema is running. Usage: npm run analytics:rebuild [-- give-up]
 */
import { giveUpRebuild, rebuildAnalytics } from '@crema/analytics';
import { systemClock, systemRandom, uuidV7 } from '@crema/kit';
import { fail, openExistingDocuments, openExistingEvents } from './data-dir.ts';

const [command] = process.argv.slice(2);
if (command !== undefined && command !== 'give-up') fail('npm run analytics:rebuild [-- give-up]');

const clock = systemClock;
const documents = await openExistingDocuments('analytics');

if (command === 'give-up') {
  const gaveUp = await giveUpRebuild(documents, clock);
  console.log(gaveUp ? 'The unfinished rebuild is given up.' : 'There is no unfinished rebuild.');
} else {
  const events = await openExistingEvents();
  process.once('SIGINT', () => {
    void giveUpRebuild(documents, clock).finally(() => {
      console.error('Stopped: figures are told from where they were told before.');
      process.exit(130);
    });
  });
  const ids = uuidV7(clock, systemRandom);
  const onProgress = progressOf(process.stdout);
  try {
    const report = await rebuildAnalytics({ documents, events, clock, ids, onProgress });
    console.log(`\n${report.events} events read; figures are told from the new read models.`);
    if (report.buried > 0) {
      console.log(
        `${report.buried} of them lie among the dead letters: npm run events -- dlq list`,
      );
    }
  } catch (error) {
    fail(`\nNothing is changed: ${(error as Error).message}`);
  }
  await events.close();
}
await documents.close();

/** On a terminal one line that counts up, elsewhere a line now and then. */
function progressOf(output: NodeJS.WriteStream): (events: number) => void {
  const every = output.isTTY ? 1_000 : 100_000;
  let told = 0;
  return (events) => {
    if (events < told + every) return;
    told = events;
    output.write(output.isTTY ? `\r${events} events read` : `${events} events read\n`);
  };
}
