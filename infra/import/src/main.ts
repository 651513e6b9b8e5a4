/** Imports past sales from a point-of-sale system's CSV. Usage: npm run import:sales -- FILE.csv[.gz] */
import { existsSync } from 'node:fs';
import { systemClock } from '@crema/kit';
import { readArguments, type Arguments } from './arguments.ts';
import { ImportError } from './import-error.ts';
import { importSales, type ImportResult } from './import-sales.ts';
import { readMapping } from './mapping.ts';
import { withCrema } from './open-crema.ts';
import { progressOn } from './progress.ts';
import { Report } from './report.ts';
import { sizeOf } from './sales-file.ts';
import { summaryOf } from './summary.ts';

/** As shells tell of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

if (existsSync('.env')) process.loadEnvFile('.env');

// Waiting for what another process does would not keep this one alive.
setInterval(() => undefined, 60_000);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever asks twice does not want to wait; what is told already is kept, and found again.
    if (stopping.signal.aborted) process.exit(INTERRUPTED);
    console.error('\nEnding after what is under way …');
    stopping.abort();
  });
}

try {
  process.exitCode = await run(readArguments(process.argv.slice(2)));
} catch (error) {
  process.exitCode = stopping.signal.aborted ? INTERRUPTED : 1;
  if (error instanceof ImportError) console.error(error.message);
  else if (!stopping.signal.aborted) console.error(error);
}
process.exit();

async function run({ file, isDryRun, isSold, ...paths }: Arguments): Promise<number> {
  const mapping = readMapping(paths.mapping);
  await sizeOf(file);
  const report = new Report(paths.report);
  const begun = performance.now();
  const result = await withCrema(process.env, { isDryRun }, (crema) => {
    console.log(`${isDryRun ? 'Looking at' : 'Importing into'} ${crema.place}`);
    return importSales(
      { file, mapping, isSold, isDryRun },
      {
        ...{ crema, report, clock: systemClock, signal: stopping.signal },
        progress: progressOn(process.stderr),
      },
    );
  }).finally(() => report.close());
  for (const line of summaryOf(result, report, isDryRun)) console.log(line);
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  console.log(ending(result, isDryRun, seconds));
  return result.isComplete ? 0 : INTERRUPTED;
}

function ending(
  { isComplete, isApplied }: ImportResult,
  isDryRun: boolean,
  seconds: string,
): string {
  if (!isComplete) return `Interrupted after ${seconds} s; the same command goes on from here.`;
  if (isDryRun) return `Nothing was changed. ${seconds} s.`;
  if (isApplied) return `Done in ${seconds} s.`;
  return `Told in ${seconds} s. Crema applies them as soon as analytics runs; they wait in the event log.`;
}
