// Runs on bare Node: nothing may be imported here that has to be installed first.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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
  if (isInstalled(root)) return;
  console.log('Installing what Crema needs; this happens once.');
  const { status } = spawnSync('npm ci', { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) {
    console.error('The installation failed; what npm said stands above.');
    process.exit(1);
  }
}

/** Whether all that the lock file names is there in its version; what suits only other machines may be missing. */
function isInstalled(root) {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(marker)) return false;
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const installed = packagesOf(marker);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, link, optional }]) =>
      !path.includes('node_modules/') || link || optional || installed[path]?.version === version,
  );
}
