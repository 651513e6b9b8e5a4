import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processNames, reportOn } from '../src/config-report.ts';

const KEY = 'a key that is long enough for everybody here';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-report-'));
  file = join(folder, 'settings.env');
  writeFileSync(
    file,
    `CALLER_SECRET=${KEY}\nPICKUP_SLOT_CAPACITY=none\nPICKUP_LEAD_MINUTE=5\nELSE=1\n`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The report, its columns parted by one `|`. */
async function report(name: string, env: Record<string, string>) {
  const { lines, isRight } = await reportOn(name, env, () => undefined);
  return { lines: lines.map((line) => line.replace(/ {2,}/g, '|')), isRight };
}

it('shows each value, where it came from, and which are wrong; no secret', async () => {
  const { lines, isRight } = await report('orders', {
    CONFIG_FILE: file,
    DATABASE_URL: 'mysql://crema:hush@db',
    PORT: '4010',
  });

  expect(isRight).toBe(false);
  expect(lines).toEqual(
    expect.arrayContaining([
      'PORT|4010|environment',
      'LOG_LEVEL|info|default',
      'DATABASE_URL|mysql://••••••••@db|environment',
      'EVENTS_URL|–|not set',
      `CALLER_SECRET|••••••••|${file}:1`,
      `PICKUP_SLOT_CAPACITY|none|${file}:2|WRONG: must be a whole number from 1 to 10000`,
      `PICKUP_LEAD_MINUTE: is no setting; did you mean PICKUP_LEAD_MINUTES? (${file}:3)`,
      `ELSE is no setting of orders (${file}:4).`,
    ]),
  );
  expect(lines.join('\n')).not.toMatch(/hush|long enough/);
});

it.each(processNames)('knows what %s is told', async (name) => {
  const env = { CALLER_SECRET: KEY, SEAL_SECRET: KEY, SUPERGRAPH: 'schema/supergraph.graphql' };
  const { lines, isRight } = await report(name, env);
  expect({ isRight, wrong: lines.filter((line) => line.includes('WRONG')) }).toEqual({
    isRight: true,
    wrong: [],
  });
});

it('finds .env.example right as it stands', async () => {
  const { isRight, lines } = await report('standalone', {
    CONFIG_FILE: join(import.meta.dirname, '../../../.env.example'),
  });
  expect({ isRight, unknown: lines.filter((line) => line.includes('is no setting')) }).toEqual({
    isRight: true,
    unknown: [],
  });
});

it('says that the router lacks what Crema demands of it', async () => {
  const env = { SUPERGRAPH: 'x.graphql', REQUIRED_SETTINGS: 'CALLER_SECRET,JWKS_URL' };
  const { lines, isRight } = await report('router', env);
  expect(isRight).toBe(false);
  expect(lines).toContain('CALLER_SECRET|–|not set|WRONG: must be set: REQUIRED_SETTINGS names it');
});

it('says that the file cannot be read', async () => {
  expect(await report('menu', { CONFIG_FILE: join(folder, 'nothing') })).toEqual({
    lines: [`CONFIG_FILE: cannot read ${join(folder, 'nothing')}: there is no such file`],
    isRight: false,
  });
});
