// Runs on bare Node: nothing may be imported here that has to be installed first.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from '../check/prepare.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
prepare(root);

// Only now is there anything to import it from.
const { build } = await import('./build.js');

const crema = spawn(
  process.execPath,
  [await build()],
  // The channel tells Crema when this process is gone, however it went.
  { cwd: process.cwd(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
);
// A terminal sends Ctrl-C to both; whoever signals this process alone means Crema.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => crema.kill('SIGTERM'));
crema.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
