import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd, startChild } from './child.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-hooks-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A module of hooks with this text. */
function hooksOf(text: string): string {
  const path = join(folder, 'hooks.mjs');
  writeFileSync(path, text);
  return path;
}

describe('whoever starts Crema', () => {
  it('gives answers headers by rules and by hooks', async () => {
    const rules = { response: [{ insert: 'x-served-by', value: 'crema' }] };
    const child = await startChild({
      DATA_DIR: join(folder, 'data'),
      HEADERS: JSON.stringify(rules),
      HOOKS: hooksOf(
        'export const onResponse = ({ operationName }) => ({ headers: { "x-operation": operationName } });',
      ),
    });
    const { headers } = await fetch(child.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query Menu { categories { name } }' }),
    });
    expect(headers.get('x-served-by')).toBe('crema');
    expect(headers.get('x-operation')).toBe('Menu');
    await child.stop();
  });

  it('is told in one line what is wrong with hooks or rules', async () => {
    const HOOKS = hooksOf('export const onRespons = () => undefined;');
    const misspelt = await runToEnd({ DATA_DIR: join(folder, 'data'), PORT: '0', HOOKS }, folder);
    expect(misspelt.code).toBe(1);
    expect(misspelt.output.trim()).toBe(
      `Cannot use the hooks in ${HOOKS}: onRespons is no hook; did you mean onResponse?`,
    );

    const HEADERS = JSON.stringify({ response: [{ insert: 'x-served-by' }] });
    const partial = await runToEnd({ DATA_DIR: join(folder, 'data'), PORT: '0', HEADERS }, folder);
    expect(partial.code).toBe(1);
    expect(partial.output).toMatch(/^HEADERS.*insert and value together/m);
    expect(partial.output.trim().split('\n')).toHaveLength(1);
  });
});
