import { z } from 'zod';
import { Configuration, readEnvironment, secretText, wholeNumber } from '../src/index.ts';
import { fileOf, HeardClock, until } from './support.ts';
import { VaultServer } from './vault-server.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.service-account';
const KEY = 'a key that is long enough for everybody here';

const shape = z.object({
  PORT: wholeNumber(0, 65_535).default(4001),
  KEY: secretText('must be set').meta({ secret: true }),
  DATABASE_URL: z.string().optional(),
});

let clock: HeardClock;
let vault: VaultServer;

beforeEach(async () => {
  clock = new HeardClock();
  vault = await VaultServer.listen(clock);
  vault.addToken('hvs.made-by-hand');
  vault.roles.set('crema-orders', { jwts: [JWT], ttlS: 3_600 });
  vault.put('crema/common', { KEY, DATABASE_URL: 'mysql://common' });
  vault.put('crema/orders', { DATABASE_URL: 'mysql://orders' });
});

afterEach(() => vault.close());

const open = (env: Record<string, string> = {}) =>
  Configuration.open({
    name: 'orders',
    env: { VAULT_ADDR: vault.url, ...env },
    shapes: [shape],
    clock,
    chance: () => 0.5,
  });

const byToken = (env: Record<string, string> = {}) =>
  open({ VAULT_TOKEN: 'hvs.made-by-hand', ...env });

const byRole = (env: Record<string, string> = {}) =>
  open({ VAULT_ROLE: 'crema-{name}', VAULT_JWT_FILE: fileOf(`${JWT}\n`), ...env });

/** Asks Vault and reads the settings; gives what they are, the reasons for waiting, and what is wrong. */
async function ask(configuration: Configuration) {
  const reasons: string[] = [];
  const said = configuration
    .askVault((reason) => reasons.push(reason))
    .then(
      () => configuration.read((env) => readEnvironment(shape, env))[0],
      (error: Error) => error.message,
    );
  return { reasons, said };
}

/** What Vault is waited for, said once however often it is so, until it is mended. */
async function waitsFor(configuration: Configuration, reason: RegExp, mend: () => void) {
  const { reasons, said } = await ask(configuration);
  await clock.passPause();
  await clock.passPause();
  await until(() => clock.pauses.length === 3);
  mend();
  await clock.passPause();
  expect(await said).toMatchObject({ KEY });
  expect(reasons).toEqual([expect.stringMatching(reason)]);
}

describe('settings in Vault', () => {
  it('go before the file and after the environment; a later path goes before an earlier one', async () => {
    vault.put('crema/orders', { DATABASE_URL: 'mysql://orders', PORT: 5000 });
    const file = fileOf('DATABASE_URL=mysql://file\nPORT=6000\n');
    const configuration = byToken({ CONFIG_FILE: file, PORT: '7000' });
    const { said } = await ask(configuration);

    expect(await said).toEqual({ PORT: 7000, KEY, DATABASE_URL: 'mysql://orders' });
    expect(configuration.settings.get('KEY')?.origin).toBe('Vault secret/crema/common version 1');
    expect(configuration.settings.get('DATABASE_URL')?.origin).toBe(
      'Vault secret/crema/orders version 2',
    );
  });

  it('are read with a token, in a namespace, by a program', async () => {
    vault.namespace = 'shops/crema';
    const { said } = await ask(byToken({ VAULT_NAMESPACE: 'shops/crema' }));

    expect(await said).toMatchObject({ KEY });
    expect(vault.heard.at(-1)!.headers).toMatchObject({
      'x-vault-token': 'hvs.made-by-hand',
      'x-vault-request': 'true',
    });
  });

  it('are read with a token from a file', async () => {
    const { said } = await ask(open({ VAULT_TOKEN_FILE: fileOf('hvs.made-by-hand\n') }));
    expect(await said).toMatchObject({ KEY });
  });

  it('are read by a role of Kubernetes', async () => {
    const { said } = await ask(byRole());
    expect(await said).toMatchObject({ KEY });
    expect(vault.count('POST /v1/auth/kubernetes/login')).toBe(1);
    expect(vault.heard.at(-1)!.headers['x-vault-token']).toBe('hvs.kubernetes-1');
  });

  it('are told with their place when they are wrong, without their value', async () => {
    vault.put('crema/orders', { KEY: 'hush', PORT: 'eighty', DATABASE_UR: 'mysql://u:hush@x' });
    const configuration = byToken();
    await configuration.askVault(() => undefined);
    const read = () => configuration.read((env) => readEnvironment(shape, env));
    const place = '(Vault secret/crema/orders version 2)';
    expect(read).toThrow(
      [
        `PORT: must be a whole number from 0 to 65535 ${place}`,
        `KEY: must have at least 32 characters ${place}`,
        `DATABASE_UR: is no setting; did you mean DATABASE_URL? ${place}`,
      ].join('\n'),
    );
  });

  it('must be text, numbers or truth values', async () => {
    vault.put('crema/orders', { PORT: [1], KEY: { value: KEY }, DATABASE_URL: null });
    const { said } = await ask(byToken());
    const rest = 'must be text, a number, true or false (Vault secret/crema/orders)';
    expect(await said).toBe(
      ['PORT', 'KEY', 'DATABASE_URL'].map((name) => `${name}: ${rest}`).join('\n'),
    );
  });

  it('cannot be what was needed before Vault was asked', async () => {
    vault.put('crema/orders', { PORT: '5000', VAULT_MOUNT: 'kv' });
    const configuration = byToken();
    configuration.readEarly(shape.pick({ PORT: true }));
    const { said } = await ask(configuration);
    expect(await said).toMatch(
      /^PORT: is needed before Vault is asked.*\nVAULT_MOUNT: is needed before .*version 2\)$/,
    );
  });

  it('are not asked for without VAULT_ADDR', async () => {
    const configuration = open({ VAULT_ADDR: '', KEY });
    expect(configuration.vault).toBeNull();
    const { said } = await ask(configuration);
    expect(await said).toMatchObject({ KEY });
    expect(vault.heard).toEqual([]);
  });
});

describe('what somebody has to put right ends the start', () => {
  const refused = async (configuration: Configuration): Promise<string> => {
    const { said, reasons } = await ask(configuration);
    const message = (await said) as string;
    expect(reasons).toEqual([]);
    return message.replace(vault.url, 'URL');
  };

  it('a token that Vault does not know', async () => {
    expect(await refused(open({ VAULT_TOKEN: 'hvs.unknown' }))).toBe(
      'VAULT_ADDR: URL answers 403: 2 errors occurred: * permission denied * invalid token',
    );
  });

  it('a role that there is not', async () => {
    expect(await refused(byRole({ VAULT_ROLE: 'order' }))).toBe(
      'VAULT_ADDR: URL answers 400: invalid role name "order"',
    );
  });

  it('a service account that the role does not admit', async () => {
    const message = await refused(byRole({ VAULT_JWT_FILE: fileOf('another.jwt') }));
    expect(message).toBe('VAULT_ADDR: URL answers 403: permission denied');
  });

  it('a path that no policy allows, after one login', async () => {
    vault.forbidden.add('crema/common');
    expect(await refused(byRole())).toMatch(/^VAULT_ADDR: URL answers 403: .*permission denied$/);
    expect(vault.count('POST /v1/auth/kubernetes/login')).toBe(1);
  });

  it('a path where nothing is', async () => {
    expect(await refused(byToken({ VAULT_PATHS: 'crema/nothing' }))).toBe(
      'VAULT_ADDR: URL has nothing at secret/crema/nothing',
    );
  });

  it('a secret that was deleted', async () => {
    vault.delete('crema/orders');
    expect(await refused(byToken())).toBe(
      'VAULT_ADDR: URL has nothing at secret/crema/orders any more: it was deleted',
    );
  });

  it('a redirection that never ends', async () => {
    vault.activeNode = vault.url;
    expect(await refused(byToken())).toMatch(/sends us on to .*, where we do not go$/);
  });
});

describe('what passes is waited for', () => {
  it.each([
    ['a sealed Vault', 'sealed', /^is sealed$/],
    ['a quota that is used up', 'limited', /^answers 429: .*rate limit/],
    ['a proxy that speaks for Vault', 'confused', /^answers 200 with something that is not JSON$/],
  ] as const)('%s', async (_, mood, reason) => {
    vault.mood = mood;
    await waitsFor(byToken(), reason, () => (vault.mood = 'well'));
  });

  it.each(['silent', 'dripping'] as const)(
    'a %s Vault, for ten seconds a request',
    async (mood) => {
      vault.mood = mood;
      const configuration = byToken();
      const { reasons, said } = await ask(configuration);
      await until(() => vault.heard.length === 1);
      clock.advance(9_999);
      expect(reasons).toEqual([]);
      clock.advance(1);
      await until(() => reasons.length === 1);
      expect(reasons).toEqual(['does not answer within 10 s']);
      vault.mood = 'well';
      clock.advance(500);
      expect(await said).toMatchObject({ KEY });
    },
  );

  it('a Vault that is not there, named by its address', async () => {
    await vault.close();
    const configuration = byToken();
    expect(configuration.vault!.address).toBe(vault.url);
    const { reasons } = await ask(configuration);
    await until(() => reasons.length > 0);
    expect(reasons).toEqual(['cannot be reached: ECONNREFUSED']);
  });

  it('the token of a service account that is still to be written', async () => {
    const jwtFile = fileOf('');
    const { writeFileSync } = await import('node:fs');
    await waitsFor(
      byRole({ VAULT_JWT_FILE: jwtFile }),
      /^cannot be asked without .*: it is empty$/,
      () => writeFileSync(jwtFile, JWT),
    );
  });

  it('the active node, to which a standby node sends us with our token', async () => {
    const standby = await VaultServer.listen(clock);
    standby.activeNode = vault.url;
    const { said } = await ask(byToken({ VAULT_ADDR: standby.url }));
    expect(await said).toMatchObject({ KEY });
    await standby.close();
  });

  it('in steps that grow to fifteen seconds', async () => {
    vault.mood = 'sealed';
    const { said } = await ask(byToken());
    const pauses: number[] = [];
    for (let tries = 0; tries < 8; tries++) pauses.push(await clock.passPause());
    await until(() => clock.pauses.length === 9);
    vault.mood = 'well';
    await clock.passPause();

    expect(await said).toMatchObject({ KEY });
    // Three quarters of each step, by the chance that this test has chosen.
    expect(pauses).toEqual([375, 750, 1_500, 3_000, 6_000, 11_250, 11_250, 11_250]);
  });

  it('for as long as Vault asks', async () => {
    vault.mood = 'limited';
    const { said } = await ask(byToken());
    await until(() => clock.pauses.length === 1);
    vault.mood = 'well';
    expect(await clock.passPause()).toBe(30_000);
    expect(await said).toMatchObject({ KEY });
  });
});
