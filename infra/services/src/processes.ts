import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process, then all that it started and that these started. */
export function familyOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const family = [pid];
  for (const member of family) {
    family.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  }
  return family;
}

/** Whether it runs, or has ended and waits for its parent to hear of it. */
export const isThere = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** Undefined when it has ended meanwhile. */
function parentOf(pid: string): number | undefined {
  try {
    // `pid (name) state parent …`, where the name may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
