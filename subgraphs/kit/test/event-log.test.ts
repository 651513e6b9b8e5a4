import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventLog, silentLogger, systemClock } from '../src/index.ts';
import { describeEventLog } from '../src/testing/event-log-contract.ts';

describeEventLog('the embedded log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crema-log-'));
  return {
    open: async () =>
      openEmbeddedEventLog({
        url: `file:${join(folder, 'events.db')}`,
        clock: systemClock,
        log: silentLogger,
      }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});
