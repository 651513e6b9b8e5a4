import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@crema/kit';
import { CafeBySlug } from '@crema/sdk';
import { VaultServer } from '../../config/test/vault-server.ts';
import { runToEnd, startChild } from './child.ts';
import { clientOf, orderOf, place, signIn } from './support.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-start-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('starting Crema', () => {
  it('says what to open, who to be and what to try; and goes on where it was', async () => {
    const first = await startChild({ DATA_DIR: folder });
    for (const text of [
      '/graphiql',
      'customer@crema.test',
      'espresso-macchiato-42',
      'placeOrder',
    ]) {
      expect(first.output()).toContain(text);
    }
    const customer = await signIn(first.url, 'customer');
    const orderId = (await place(customer)).order!.id;
    await customer.close();
    expect(await first.stop('SIGINT')).toBe(0);

    const second = await startChild({ DATA_DIR: folder });
    const again = await signIn(second.url, 'customer');
    expect(await orderOf(again, orderId)).toMatchObject({ id: orderId, status: 'CONFIRMED' });
    await again.close();
    expect(await second.stop()).toBe(0);
  });

  it('loads nothing without the demo, which is the default in production', async () => {
    const child = await startChild({ DATA_DIR: folder, NODE_ENV: 'production' });
    const { cafeBySlug } = await clientOf(child.url).query(CafeBySlug, { slug: 'astoria' });
    expect(cafeBySlug).toBeNull();
    expect(child.output()).not.toContain('customer@crema.test');
    await child.stop();
  });

  it('names every wrong variable, in a line each', async () => {
    writeFileSync(join(folder, '.env'), 'SESSION_DAYS=0\nORDER_DEADLINE_SECOND=5\nELSE=1\n');
    const env = { DATA_DIR: folder, PORT: 'eighty', DEMO: 'maybe', WALLET_CURRENCY: 'COFFEE' };
    const { code, output } = await runToEnd(env, folder);
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      'ELSE is no setting of npm start (.env:3).',
      'PORT: must be a whole number from 0 to 65535 (environment)',
      'DEMO: must be true or false (environment)',
      'SESSION_DAYS: must be at least 1 (.env:1)',
      'WALLET_CURRENCY: must be an ISO 4217 code such as USD (environment)',
      'ORDER_DEADLINE_SECOND: is no setting; did you mean ORDER_DEADLINE_SECONDS? (.env:2)',
    ]);
  });

  it('reads .env, unless the environment says otherwise', async () => {
    writeFileSync(join(folder, '.env'), 'PORT=eighty\nDEMO=maybe\n');
    const { code, output } = await runToEnd({ DATA_DIR: folder }, folder);
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^DEMO: .*$/);
  });

  it('takes settings from Vault, after the environment and before .env', async () => {
    const vault = await VaultServer.listen(systemClock);
    vault.addToken('hvs.made-by-hand');
    vault.put('crema/common', { DEMO: 'maybe', SESSION_DAYS: 0 });
    writeFileSync(join(folder, '.env'), 'SESSION_DAYS=5\nWALLET_CURRENCY=COFFEE\n');
    const env = { VAULT_ADDR: vault.url, VAULT_TOKEN: 'hvs.made-by-hand' };
    const { code, output } = await runToEnd(
      { DATA_DIR: folder, ...env, VAULT_PATHS: 'crema/common', DEMO: 'false' },
      folder,
    );
    await vault.close();
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      'SESSION_DAYS: must be at least 1 (Vault secret/crema/common version 1)',
      'WALLET_CURRENCY: must be an ISO 4217 code such as USD (.env:2)',
    ]);
  });

  it('says in one line that the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const { code, output } = await runToEnd({ DATA_DIR: folder, PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(output.trim()).toMatch(new RegExp(`^PORT ${port} is in use.*$`));
  });

  it('says in one line that the folder cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, output } = await runToEnd({ DATA_DIR: file });
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^DATA_DIR .*a-file cannot be written.*$/);
  });

  it('says in one line that the folder belongs to another', async () => {
    const first = await startChild({ DATA_DIR: folder });
    const { code, output } = await runToEnd({ DATA_DIR: folder });
    await first.stop();
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^DATA_DIR .* is in use by another Crema\.$/);
  });
});
