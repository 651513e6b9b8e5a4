// Runs on bare Node: nothing may be imported here that has to be installed first.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  console.error(`Crema needs Node ${LEAST.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

if (!isInstalled()) {
  console.log('Installing what Crema needs; this happens once.');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const installed = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (installed.status !== 0) {
    console.error('The installation failed; what npm said stands above.');
    process.exit(1);
  }
}

const crema = spawn(
  process.execPath,
  ['--conditions=source', '--import', 'tsx', join(root, 'infra/standalone/src/main.ts')],
  // The channel tells Crema when this process is gone, however it went.
  { cwd: process.cwd(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
);
// A terminal sends Ctrl-C to both; whoever signals this process alone means Crema.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => crema.kill('SIGTERM'));
crema.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

/** Installed, and since the lock file was last changed. */
function isInstalled() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(marker)) return false;
  return statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}
