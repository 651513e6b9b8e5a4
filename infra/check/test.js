// `npm test`. Runs on bare Node: nothing may be imported here that has to be installed first.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.js';

// `import.meta.dirname` is newer than some Node that has to be told that it is too old.
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
prepare(root);

const count = { passed: 0, failed: 0 };
const tell = (passed, failed) => {
  count.passed += passed;
  count.failed += failed;
};

// Each is busy on one core, and each says little when all is well.
await Promise.all([script('typecheck'), script('lint')]);
const left = await jest(process.argv.slice(2));

console.log('');
for (const suite of left) console.log(`Left out: ${suite}`);
if (left.length > 0) {
  console.log('npm run services -- up starts the real servers that some of these need.');
  console.log('With CREMA_REQUIRE=services,browser they fail instead of being left out.');
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 ? 1 : 0;

/** Runs a script of package.json as one check; its output is shown whole, at its end. */
async function script(name) {
  const startedAt = Date.now();
  const child = spawn(`npm run --silent ${name}`, { cwd: root, shell: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const code = await ended(child);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  console.log(`${name}: ${code === 0 ? 'passed' : 'failed'} in ${seconds} s`);
  if (code !== 0) console.log(output);
  tell(code === 0 ? 1 : 0, code === 0 ? 0 : 1);
}

/** Runs the tests; gives the suites that were left out. */
async function jest(parameters) {
  const folder = mkdtempSync(join(tmpdir(), 'crema-test-'));
  const file = join(folder, 'results.json');
  const program = join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(
    process.execPath,
    [program, '--json', `--outputFile=${file}`, ...parameters],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const code = await ended(child);
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // Whatever else makes jest fail, such as finding no test at all, is one failure.
    tell(results.numPassedTests, failed === 0 && code !== 0 ? 1 : failed);
    return leftOut(results);
  } catch {
    tell(0, 1);
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The suites with tests that did not run, and how many those are. */
function leftOut({ testResults }) {
  const suites = new Map();
  for (const { status, ancestorTitles } of testResults.flatMap((file) => file.assertionResults)) {
    if (status !== 'pending' && status !== 'todo') continue;
    const [suite = 'tests by themselves'] = ancestorTitles;
    suites.set(suite, (suites.get(suite) ?? 0) + 1);
  }
  return [...suites].map(
    ([suite, tests]) => `${suite} (${tests} ${tests === 1 ? 'test' : 'tests'})`,
  );
}

function ended(child) {
  return new Promise((done) => {
    child.once('error', () => done(1));
    child.once('close', (code) => done(code ?? 1));
  });
}
