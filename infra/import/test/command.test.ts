import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../../standalone/test/child.ts';
import { adminAt, reportOf } from './figures.ts';
import { writeGeneratedSales } from './generated-sales.ts';
import { fileOf, lineOf, removeScratchFolders, salesAt, scratchFolder } from './support.ts';

afterAll(removeScratchFolders);

const ROOT = join(import.meta.dirname, '../../..');
const MAIN = join(ROOT, 'infra/import/src/main.ts');

interface Command {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  /** Resolves when it has said this. */
  says(text: string): Promise<void>;
}

/** `npm run import:sales`, without npm. */
function command(args: readonly string[], env: Record<string, string>): Command {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', MAIN, ...args], {
    cwd: ROOT,
    env: { ...process.env, DEMO: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout!.on('data', hear);
  child.stderr!.on('data', hear);
  return {
    child,
    output: () => output,
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => output.includes(text) && resolve();
        listeners.add(look);
        child.once('close', () => reject(new Error(`ended before it said ${text}: ${output}`)));
        look();
      }),
  };
}

const generated = (rows: number): string => {
  const file = join(scratchFolder(), 'sales.csv');
  writeGeneratedSales(file, rows, 60);
  return file;
};

describe('npm run import:sales', () => {
  it('goes on after kill -9, and after Ctrl-C, and counts each sale once', async () => {
    const dataDir = scratchFolder();
    const env = { DATA_DIR: dataDir };
    const file = generated(40_000);

    const killed = command([file], env);
    await killed.says('importing: ');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const afterKill = (await salesAt(dataDir)).length;
    expect(afterKill).toBeGreaterThan(0);
    expect(afterKill).toBeLessThan(40_000);

    const stopped = command([file], env);
    await stopped.says('importing: ');
    stopped.child.kill('SIGINT');
    expect([await stopped.ended, stopped.output()]).toEqual([
      130,
      expect.stringContaining('the same command goes on from here'),
    ]);

    const last = command([file], env);
    expect([await last.ended, last.output()]).toEqual([0, expect.stringContaining('Done in')]);
    const sales = await salesAt(dataDir);
    expect(new Set(sales.map(({ transactionId }) => transactionId)).size).toBe(40_000);
    expect(sales).toHaveLength(40_000);

    const crema = await startChild({ DATA_DIR: dataDir });
    const report = await reportOf(await adminAt(crema.url), {
      from: '2023-01-01',
      to: '2023-03-31',
    });
    const cents = sales.reduce(
      (sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor,
      0,
    );
    expect(report.salesSummary).toMatchObject({
      orders: 40_000,
      revenue: { amount: (cents / 100).toFixed(2) },
    });
    await crema.stop();
  }, 300_000);

  it('imports into a Crema that is running', async () => {
    const dataDir = scratchFolder();
    const crema = await startChild({ DATA_DIR: dataDir });
    const file = fileOf([
      lineOf(1),
      lineOf(2, { store: [3, 'Astoria'] }),
      lineOf(3, { price: '4.125' }),
    ]);

    const first = command([file], { DATA_DIR: dataDir });
    expect([await first.ended, first.output()]).toEqual([0, expect.stringContaining('Done in')]);
    expect(first.output()).toContain('where Crema is running');
    expect(first.output()).toContain('line 4: unit_price "4.125" is no price');
    const client = await adminAt(crema.url);
    const { salesSummary, salesByCafe } = await reportOf(client, {
      from: '2023-01-31',
      to: '2023-01-31',
    });
    expect(salesSummary).toEqual({ revenue: { amount: '17.00' }, orders: 2, items: 4 });
    // The three of the demo, and the one that was opened.
    expect(salesByCafe).toHaveLength(4);
    await crema.stop();
  }, 300_000);

  it.each([
    [[], /npm run import:sales -- FILE/],
    [['a.csv', 'b.csv'], /One file at a time/],
    [['a.csv', '--dry'], /Unknown option '--dry'/],
    [['/nowhere.csv'], /^There is no file \/nowhere.csv\.\n$/],
    [['/nowhere.csv', '--mapping', '/nowhere.yaml'], /^There is no mapping file/],
  ])(
    'refuses %j',
    async (args, message) => {
      const refused = command(args, { DATA_DIR: scratchFolder() });
      expect([await refused.ended, refused.output()]).toEqual([1, expect.stringMatching(message)]);
    },
    120_000,
  );

  it('tells everything that is wrong with a mapping file', async () => {
    const mapping = join(scratchFolder(), 'mapping.yaml');
    writeFileSync(
      mapping,
      'newCafes: { timeZone: Mars/Base }\nstores: { "9": { slug: "Not a slug" } }\nshops: {}\n',
    );
    const refused = command([fileOf([lineOf(1)]), '--mapping', mapping], {
      DATA_DIR: scratchFolder(),
    });
    expect(await refused.ended).toBe(1);
    for (const problem of ['newCafes.timeZone: must be a name', 'stores.9.slug', '"shops"']) {
      expect(refused.output()).toContain(problem);
    }
  }, 120_000);
});
