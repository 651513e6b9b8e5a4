import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SalesBreakdown, SalesSummary, type Crema as Client } from '@crema/sdk';
import { serve } from './coffee.ts';
import { newCustomer, place, signIn, startCrema, type TestCrema } from './support.ts';

/** Commands are processes of their own, which take their time to load. */
jest.setTimeout(300_000);

const ROOT = join(import.meta.dirname, '../../..');
const filter = { from: dayFromNow(-2), to: dayFromNow(2) };

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

let folder: string;
let test: TestCrema;
let manager: Client;

const rebuild = async (...parameters: string[]): Promise<string> => {
  const main = ['--conditions=source', '--import', 'tsx'];
  const command = 'infra/operations/src/rebuild-analytics.ts';
  const env = { ...process.env, DATA_DIR: folder, DOCUMENTS_URL: '', EVENTS_URL: '' };
  const run = promisify(execFile)(process.execPath, [...main, command, ...parameters], {
    cwd: ROOT,
    env,
  });
  return run.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
};

const figures = async (): Promise<unknown> => {
  await test.crema.settle();
  const told = await Promise.all([
    manager.query(SalesSummary, { filter }),
    manager.query(SalesBreakdown, { filter }),
  ]);
  return JSON.parse(JSON.stringify(told));
};

async function open(): Promise<void> {
  test = await startCrema({ DATA_DIR: folder });
  manager = await signIn(test.url, 'manager');
}

async function close(): Promise<void> {
  await manager.close();
  await test.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crema-rebuild-'));
  await open();
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run analytics:rebuild', () => {
  it('comes to the same figures while Crema sells on, and when it is stopped', async () => {
    const customer = await newCustomer(test.url, '500.00');
    for (let i = 0; i < 3; i++) {
      const { order } = await place(customer);
      await test.crema.settle();
      await serve(manager, order!.id);
    }
    const before = await figures();
    expect(before).toMatchObject([{ salesSummary: { orders: 3 } }, {}]);
    expect(await rebuild()).toContain('figures are told from the new read models');
    expect(await figures()).toEqual(before);

    let isDone = false;
    const rebuilding = rebuild().finally(() => (isDone = true));
    let sold = 3;
    while (!isDone) {
      await place(customer);
      sold += 1;
    }
    expect(await rebuilding).toContain('figures are told from the new read models');
    const after = await figures();
    expect(after).toMatchObject([{ salesSummary: { orders: sold } }, {}]);

    await close();
    expect(await rebuild()).toContain('figures are told from the new read models');
    await open();
    expect(await figures()).toEqual(after);
  });

  it('says what is wrong, and changes nothing', async () => {
    expect(await rebuild('give-up')).toBe('There is no unfinished rebuild.\n');
    expect(await rebuild('orders')).toBe('npm run analytics:rebuild [-- give-up]\n');
  });
});
