// Runs on bare Node: nothing may be imported here that has to be installed first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const LEAST = [20, 19];

/** Sees to it that this Node will do and that everything is installed; ends the process when it cannot be. */
export function prepare(root) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
    console.error(
      `Crema needs Node ${LEAST.join('.')} or newer; this is ${process.versions.node}.`,
    );
    process.exit(1);
  }
  if (existsSync(join(root, 'node_modules', '.package-lock.json'))) return;
  console.log('Installing what Crema needs; this happens once.');
  const { status } = spawnSync('npm ci', { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) {
    console.error('The installation failed; what npm said stands above.');
    process.exit(1);
  }
}
