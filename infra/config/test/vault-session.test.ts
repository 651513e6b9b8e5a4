import { rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Configuration } from '../src/index.ts';
import { fileOf, HeardClock, until } from './support.ts';
import { VaultServer } from './vault-server.ts';

const LOGIN = 'POST /v1/auth/kubernetes/login';
const RENEWAL = 'POST /v1/auth/token/renew-self';
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Two thirds of a life, less a tenth of it for the chance of one half. */
const RENEWED_AT = 2 / 3 - 0.05;

let clock: HeardClock;
let vault: VaultServer;
let jwtFile: string;
let running: Configuration[];
let said: { level: string; message: string; fields: object }[];

beforeEach(async () => {
  clock = new HeardClock();
  vault = await VaultServer.listen(clock);
  vault.roles.set('orders', { jwts: ['first.jwt', 'second.jwt'], ttlS: 3_600 });
  vault.put('crema/orders', { KEY: 'one', NAME: 'Crema' });
  jwtFile = fileOf('first.jwt');
  running = [];
  said = [];
});

afterEach(async () => {
  for (const { vault: each } of running) each?.close();
  await vault.close();
});

const log = {
  info: (fields: object, message: string) => said.push({ level: 'info', message, fields }),
  warn: (fields: object, message: string) => said.push({ level: 'warn', message, fields }),
};

/** A process that has read its settings and runs; it looks every 100,000 s unless told. */
async function run(env: Record<string, string> = {}): Promise<Configuration> {
  const configuration = Configuration.open({
    name: 'orders',
    env: {
      VAULT_ADDR: vault.url,
      VAULT_PATHS: 'crema/orders',
      VAULT_CHECK_S: '86400',
      ...(env['VAULT_TOKEN'] ? {} : { VAULT_ROLE: 'orders', VAULT_JWT_FILE: jwtFile }),
      ...env,
    },
    shapes: [z.object({})],
    clock,
    chance: () => 0.5,
  });
  await configuration.askVault(() => undefined);
  configuration.watchVault(log);
  running.push(configuration);
  return configuration;
}

const heard = (line: string, count: number) => until(() => vault.count(line) === count);

describe('the token of a running process', () => {
  it('is renewed before it ends, again and again', async () => {
    await run();
    for (let renewals = 1; renewals <= 5; renewals++) {
      clock.advance(RENEWED_AT * HOUR - 1);
      expect(vault.count(RENEWAL)).toBe(renewals - 1);
      clock.advance(1);
      await heard(RENEWAL, renewals);
      // The next one is planned when the answer is there.
      await until(() => clock.pauses.length === renewals + 2);
    }
    expect(vault.count(LOGIN)).toBe(1);
    expect(said).toEqual([]);
  });

  it('is replaced by a new login, with the newest service account token, near its greatest age', async () => {
    vault.roles.set('orders', { jwts: ['first.jwt'], ttlS: 60, maxTtlS: 100 });
    await run();
    vault.roles.set('orders', { jwts: ['second.jwt'], ttlS: 60, maxTtlS: 100 });
    writeFileSync(jwtFile, 'second.jwt');

    // The one at 1 is for looking at Vault.
    for (const index of [0, 2, 3]) {
      await until(() => clock.pauses.length > index);
      clock.advance(clock.pauses[index]!);
    }
    await heard(LOGIN, 2);
    expect(vault.count(RENEWAL)).toBe(3);
    const [first, , second, third] = clock.pauses as [number, number, number, number];
    expect(first + second + third).toBeLessThan(100 * SECOND);
    expect(said).toEqual([]);
  });

  it('is replaced when it may not be renewed', async () => {
    vault.roles.set('orders', { jwts: ['first.jwt'], ttlS: 3_600, isRenewable: false });
    await run();
    clock.advance(RENEWED_AT * HOUR);
    await heard(LOGIN, 2);
    expect(vault.count(RENEWAL)).toBe(0);
  });

  it('is replaced when it was revoked', async () => {
    await run();
    vault.tokens.clear();
    clock.advance(RENEWED_AT * HOUR);
    await heard(LOGIN, 2);
    expect(vault.count(RENEWAL)).toBe(1);
    expect(said).toEqual([]);
  });

  it('is tried again while Vault is sealed; the log has it once', async () => {
    await run();
    vault.mood = 'sealed';
    clock.advance(RENEWED_AT * HOUR);
    for (let tries = 1; tries <= 4; tries++) {
      await heard(RENEWAL, tries);
      await until(() => clock.pauses.length === tries + 2);
      clock.advance(clock.pauses.at(-1)!);
    }
    await heard(RENEWAL, 5);
    expect(clock.pauses.slice(2, 6)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(said).toEqual([
      {
        level: 'warn',
        fields: {},
        message: `vault at ${vault.url} is sealed; what was read from it stays`,
      },
    ]);
  });

  it('made by hand is renewed if it can be, and left alone if it is for ever', async () => {
    vault.addToken('hvs.for-an-hour', 3_600);
    vault.addToken('hvs.for-ever');
    await run({ VAULT_TOKEN: 'hvs.for-ever' });
    await run({ VAULT_TOKEN: 'hvs.for-an-hour' });
    clock.advance(RENEWED_AT * HOUR);
    await heard(RENEWAL, 1);
    expect(vault.heard.at(-1)!.headers['x-vault-token']).toBe('hvs.for-an-hour');
  });

  it('is let go when nobody looks at Vault any more', async () => {
    await run({ VAULT_CHECK_S: '0' });
    const before = vault.heard.length;
    clock.advance(24 * HOUR);
    await new Promise((resolve) => setImmediate(resolve));
    expect(vault.heard).toHaveLength(before);
  });
});

describe('what changes in Vault', () => {
  const READ = 'GET /v1/secret/data/crema/orders';

  /** Lets the process look, and it has looked when it plans the next time. */
  async function look(): Promise<void> {
    const looks = clock.pauses.filter((ms) => ms === 60 * SECOND).length;
    clock.advance(60 * SECOND);
    await until(() => clock.pauses.filter((ms) => ms === 60 * SECOND).length > looks);
  }

  it('is told in the log by name, once, and changes nothing', async () => {
    const configuration = await run({ VAULT_CHECK_S: '60' });
    await look();
    expect(said).toEqual([]);

    vault.put('crema/orders', { KEY: 'another', NAME: 'Crema', MORE: 1 });
    await look();
    await look();
    expect(said).toEqual([
      {
        level: 'warn',
        fields: { changed: ['KEY', 'MORE'] },
        message: 'settings have changed in vault; a restart takes them over',
      },
    ]);
    expect(configuration.values['KEY']).toBe('one');
  });

  it('does not matter while Vault is away; the log says when it goes and when it is back', async () => {
    const configuration = await run({ VAULT_CHECK_S: '60' });
    vault.mood = 'sealed';
    await look();
    await look();
    vault.mood = 'well';
    vault.forbidden.add('crema/orders');
    await look();
    vault.forbidden.clear();
    await look();

    const place = `vault at ${vault.url}`;
    expect(said.map(({ message }) => message)).toEqual([
      `${place} is sealed; what was read from it stays`,
      `${place} answers 403: 1 error occurred: * permission denied; what was read from it stays`,
      `${place} answers again`,
    ]);
    expect(configuration.values).toMatchObject({ KEY: 'one', NAME: 'Crema' });
  });

  it('is read with a new token when the old one was revoked', async () => {
    await run({ VAULT_CHECK_S: '60' });
    vault.tokens.clear();
    await look();
    expect(vault.count(LOGIN)).toBe(2);
    expect(vault.count(READ)).toBe(3);
    expect(said).toEqual([]);
  });

  it('is not seen without a service account token, and the log never holds one', async () => {
    await run({ VAULT_CHECK_S: '60' });
    vault.tokens.clear();
    rmSync(jwtFile);
    await look();
    expect(said).toHaveLength(1);
    const everything = JSON.stringify(said);
    for (const secret of ['first.jwt', 'hvs.', '"one"']) expect(everything).not.toContain(secret);
  });
});
