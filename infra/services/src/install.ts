import { spawnSync } from 'node:child_process';
import { isRoot } from './programs.ts';
import type { Missing } from './server.ts';

/** The commands that install what is missing, in their order; Debian's packages come in one. */
export function commandsFor(missing: readonly Missing[]): readonly (readonly string[])[] {
  const packages = missing.flatMap((each) => ('debian' in each ? [each.debian] : []));
  const commands = missing.flatMap((each) => ('command' in each ? [each.command] : []));
  const apt = [...(isRoot ? [] : ['sudo']), 'apt-get', '-qq'];
  const debian = [
    [...apt, 'update'],
    [...apt, 'install', '-y', '--no-install-recommends', ...packages],
  ];
  return [...(packages.length > 0 ? debian : []), ...commands];
}

/** What to tell a person who has to install something. */
export function wordsFor(missing: readonly Missing[]): string {
  return [
    `Missing: ${missing.map(({ what }) => what).join(', ')}. To install what is missing:`,
    ...commandsFor(missing).map((words) => `  ${words.join(' ')}`),
    'or let it be done: npm run services -- up --install',
  ].join('\n');
}

/** Installs what is missing; what the installing programs print goes to standard error. */
export function install(missing: readonly Missing[]): void {
  for (const words of commandsFor(missing)) {
    const [program, ...args] = words;
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync(program!, args, { stdio: ['ignore', 2, 2], env });
    if (status !== 0) throw new Error(`This failed: ${words.join(' ')}`);
  }
}
