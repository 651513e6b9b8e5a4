import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import { SigningKey } from '../src/entities/signing-key.ts';
import { accounts } from '../src/subgraph.ts';
import { codesOf, createTestAccounts, SEAL_SECRET, type TestAccounts } from './support.ts';

afterEach(closeTestSubgraphs);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ROTATE = 'accounts.rotate-keys';

const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const kidsOf = async (people: TestAccounts) =>
  (await people.accounts.jwks()).keys.map(({ kid }) => kid);

describe('access tokens', () => {
  it('say who, in which session, with which rights, for ten minutes', async () => {
    const people = await createTestAccounts();
    const { accessToken, expiresAt, user } = await people.signUp();

    expect(decodeProtectedHeader(accessToken)).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      kid: expect.any(String),
    });
    const issuedAt = people.test.clock.now().getTime() / 1_000;
    expect(await people.claimsOf(accessToken)).toEqual({
      iss: 'crema',
      aud: 'crema',
      sub: user.id,
      sid: expect.any(String),
      jti: expect.any(String),
      scope: '',
      roles: ['CUSTOMER'],
      workplaces: [],
      iat: issuedAt,
      exp: issuedAt + 600,
    });
    expect(expiresAt).toBe('2026-03-02T15:10:00.000Z');
  });

  it.each([
    ['customer', '', ['CUSTOMER'], []],
    [
      'barista',
      'queue:work stock:read orders:read',
      ['CUSTOMER', 'BARISTA'],
      [stableId('cafe/astoria')],
    ],
    [
      'manager',
      'queue:work stock:read orders:read stock:write orders:refund analytics:read menu:write cafes:write',
      ['CUSTOMER', 'BARISTA', 'MANAGER'],
      ['cafe/astoria', 'cafe/hells-kitchen', 'cafe/lower-manhattan'].map(stableId),
    ],
    [
      'admin',
      'queue:work stock:read orders:read stock:write orders:refund analytics:read menu:write cafes:write users:read users:write audit:read wallets:read',
      ['CUSTOMER', 'BARISTA', 'MANAGER', 'ADMIN'],
      ['*'],
    ],
  ])('give a %s the rights of all their roles', async (who, scope, roles, workplaces) => {
    const people = await createTestAccounts({ demo: true });
    const { accessToken } = await people.signIn({
      email: `${who}@crema.test`,
      password: 'espresso-macchiato-42',
    });
    const claims = await people.claimsOf(accessToken);

    expect({ ...claims, scope: String(claims['scope']).split(' ').sort() }).toMatchObject({
      sub: stableId(`user/${who}@crema.test`),
      scope: scope.split(' ').sort(),
      roles,
      workplaces,
    });
  });

  it('carry the issuer and the life that they are told to', async () => {
    const people = await createTestAccounts({
      env: { TOKEN_ISSUER: 'https://crema.example', ACCESS_TOKEN_SECONDS: '60' },
    });
    const { accessToken } = await people.signUp();
    const keys = createLocalJWKSet(await people.accounts.jwks());
    const { payload } = await jwtVerify(accessToken, keys, {
      issuer: 'https://crema.example',
      currentDate: people.test.clock.now(),
    });
    expect(payload.exp! - payload.iat!).toBe(60);
  });

  it('are verified by nothing but their key, time, issuer, audience and type', async () => {
    const people = await createTestAccounts();
    const { accessToken } = await people.signUp();
    const stranger = await createTestAccounts({ seed: 2 });
    const keys = createLocalJWKSet(await people.accounts.jwks());
    const currentDate = people.test.clock.now();
    const verify = (options: object, given = keys) =>
      jwtVerify(accessToken, given, {
        issuer: 'crema',
        audience: 'crema',
        typ: 'at+jwt',
        algorithms: ['EdDSA'],
        currentDate,
        ...options,
      });

    await expect(verify({})).resolves.toBeDefined();
    await expect(verify({ issuer: 'other' })).rejects.toThrow();
    await expect(verify({ audience: 'other' })).rejects.toThrow();
    await expect(verify({ typ: 'JWT' })).rejects.toThrow();
    await expect(verify({ algorithms: ['HS256'] })).rejects.toThrow();
    await expect(
      verify({ currentDate: new Date(currentDate.getTime() + 10 * MINUTE_MS) }),
    ).rejects.toThrow();
    await expect(verify({}, createLocalJWKSet(await stranger.accounts.jwks()))).rejects.toThrow();
  });
});

describe('the key set', () => {
  it('holds public keys alone', async () => {
    const people = await createTestAccounts();
    const { accessToken } = await people.signUp();
    expect(await people.accounts.jwks()).toEqual({
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          x: expect.any(String),
          kid: kidOf(accessToken),
          alg: 'EdDSA',
          use: 'sig',
        },
      ],
    });
  });

  it('is served where verifiers look for it', async () => {
    const people = await createTestAccounts();
    const { accessToken } = await people.signUp();
    const route = people.accounts.routes!.find(({ path }) => path === '/.well-known/jwks.json')!;
    const server = createServer((request, response) => void route.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const keys = createRemoteJWKSet(new URL(`http://127.0.0.1:${port}${route.path}`));
      const { payload } = await jwtVerify(accessToken, keys, {
        currentDate: people.test.clock.now(),
      });
      expect(payload.iss).toBe('crema');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('keeps private keys sealed', async () => {
    const people = await createTestAccounts();
    const [key] = await people.test.running.database!.read.find(SigningKey);
    expect(JSON.stringify(key)).not.toContain('"d"');
    expect(key!.sealedJwk).toMatch(/^[\w-]+$/);
  });
});

describe('the rotation of keys', () => {
  it('publishes the next key before it signs, and the last one until its tokens are gone', async () => {
    const people = await createTestAccounts();
    const { clock } = people.test;
    const first = await people.signUp();
    clock.advance(30 * DAY_MS - MINUTE_MS);
    await people.runJob(ROTATE);
    expect(await kidsOf(people)).toEqual([kidOf(first.accessToken)]);

    clock.advance(MINUTE_MS);
    await people.runJob(ROTATE);
    await people.runJob(ROTATE);
    const [old, next, ...others] = await kidsOf(people);
    expect([old, others]).toEqual([kidOf(first.accessToken), []]);
    const before = await people.signIn();
    expect(kidOf(before.accessToken)).toBe(old);

    clock.advance(15 * MINUTE_MS);
    const last = await people.signIn();
    expect(kidOf(last.accessToken)).toBe(next);
    expect(await kidsOf(people)).toEqual([old, next]);

    clock.advance(21 * MINUTE_MS);
    await people.runJob(ROTATE);
    expect(await kidsOf(people)).toEqual([next]);
    expect(await people.test.running.database!.read.count(SigningKey)).toBe(1);
  });

  it('lets every token be verified until it runs out, by whoever reads the key set every ten minutes', async () => {
    const people = await createTestAccounts({
      env: {
        KEY_ROTATION_DAYS: '1',
        ACCESS_TOKEN_SECONDS: '900',
        SIGN_IN_TRIES_PER_ACCOUNT: '1000',
      },
    });
    const { clock } = people.test;
    await people.signUp();
    clock.advance(DAY_MS - 30 * MINUTE_MS);
    const kids = new Set<string | undefined>();
    let keys = createLocalJWKSet(await people.accounts.jwks());
    let tokens: { text: string; until: number }[] = [];
    for (let minute = 0; minute < 90; minute++) {
      clock.advance(MINUTE_MS);
      if (minute % 5 === 0) await people.runJob(ROTATE);
      if (minute % 10 === 0) keys = createLocalJWKSet(await people.accounts.jwks());
      if (minute % 3 === 0) {
        const { accessToken, expiresAt } = await people.signIn();
        kids.add(kidOf(accessToken));
        tokens.push({ text: accessToken, until: Date.parse(expiresAt) });
      }
      tokens = tokens.filter(({ until }) => until > clock.now().getTime());
      for (const { text } of tokens) await jwtVerify(text, keys, { currentDate: clock.now() });
    }
    expect(kids.size).toBe(2);
  });
});

describe('settings', () => {
  it.each([
    [{ SEAL_SECRET: undefined }, /SEAL_SECRET: must be set/],
    [{ SEAL_SECRET: 'short' }, /SEAL_SECRET: must have at least 32 characters/],
    [{ ACCESS_TOKEN_SECONDS: '901' }, /ACCESS_TOKEN_SECONDS: must be at most 900/],
    [{ DEMO_PASSWORD: 'short' }, /DEMO_PASSWORD: must have at least 12 characters/],
    [{ FIRST_ADMIN_EMAIL: 'a@b.test' }, /FIRST_ADMIN_PASSWORD: set both or none/],
    [{ COOKIE_SECURE: 'yes' }, /COOKIE_SECURE: must be true or false/],
  ])('%j stops the start', (env, message) => {
    expect(() => accounts.readConfig({ SEAL_SECRET, ...env })).toThrow(message);
  });

  it('make the first admin of a new installation, once', async () => {
    const env = {
      FIRST_ADMIN_EMAIL: 'Boss@Crema.test',
      FIRST_ADMIN_PASSWORD: 'the very first key 8',
    };
    const people = await createTestAccounts({ env });
    const answer = await people.signIn(
      { email: 'boss@crema.test', password: 'the very first key 8' },
      'adminSignIn',
    );
    expect(codesOf(answer)).toEqual([]);
    expect((await people.claimsOf(answer.accessToken))['roles']).toEqual(['CUSTOMER', 'ADMIN']);
    const [made] = await people.test.published(PrivilegedWriteMade);
    expect(made!.data).toMatchObject({
      actorId: 'installation',
      action: 'accounts.makeFirstAdmin',
      target: `User:${answer.user.id}`,
    });
  });
});
