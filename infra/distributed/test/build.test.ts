import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const DIST = join(ROOT, 'router/dist');

const STALE = ['chunk-AAAAAAAA.js', 'redis-server-Z2345677.js'];
/** What somebody else may keep there, as an entry of its own. */
const STRANGE = ['planner-of-tests.js', 'chunk-AAAAAAAA.js.map'];

const isThere = (name: string) => existsSync(join(DIST, name));

beforeAll(() => {
  mkdirSync(DIST, { recursive: true });
  for (const name of [...STALE, ...STRANGE]) writeFileSync(join(DIST, name), '');
  execFileSync(process.execPath, [join(ROOT, 'infra/distributed/build.js'), 'router']);
}, 60_000);

afterAll(() => {
  for (const name of [...STALE, ...STRANGE]) rmSync(join(DIST, name), { force: true });
});

it('removes what earlier builds split off, and nothing else', () => {
  expect(STALE.filter(isThere)).toEqual([]);
  expect(STRANGE.filter(isThere)).toEqual(STRANGE);
});

it('leaves all that the files which are read first lead to', () => {
  const seen = new Set(['main.js', 'index.js']);
  for (const name of seen) {
    const text = readFileSync(join(DIST, name), 'utf8');
    for (const [, other] of text.matchAll(/(?:from|import\()\s*"\.\/([^"/]+\.js)"/g)) {
      seen.add(other!);
    }
  }
  expect([...seen].some((name) => name.startsWith('prometheus-metrics-'))).toBe(true);
  expect([...seen].filter((name) => !isThere(name))).toEqual([]);
});
