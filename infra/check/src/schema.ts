import { generate, staleFiles, writeFiles } from './generated-files.ts';
import { root } from './project.ts';

/**
 * `npm run schema` prints, composes and writes all that is made from the code;
 * `npm run schema -- --check` writes nothing and fails when something is stale.
 */
const check = process.argv.includes('--check');
const generated = await generate(root);
const stale = staleFiles(root, generated);

for (const hint of generated.hints) console.log(`hint: ${hint}`);
for (const problem of generated.problems) console.error(`failed: ${problem}`);
if (check) for (const path of stale) console.error(`stale: ${path}; npm run schema renews it`);
else {
  writeFiles(root, generated);
  for (const path of stale) console.log(`written: ${path}`);
}
const failed = generated.problems.length > 0 || (check && stale.length > 0);
if (!failed && stale.length === 0) console.log(`All ${generated.files.size} files are fresh.`);
process.exitCode = failed ? 1 : 0;
