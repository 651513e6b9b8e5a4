import { exportSPKI, jwtVerify, UnsecuredJWT } from 'jose';
import { createHmac } from 'node:crypto';
import type { SubgraphRequest } from '../src/index.ts';
import { Issuer, TestClock } from './support/issuer.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const SECRET = 'a secret of thirty-two characters';

const definitions: SubgraphDefinitions = {
  people: {
    typeDefs: 'type Query { caller: String  closed: String @authenticated }',
    resolvers: {
      Query: {
        caller: (_: unknown, _args: unknown, { headers }: SubgraphRequest) =>
          headers['x-router-caller'],
        closed: () => 'open',
      },
    },
  },
};

let clock: TestClock;
let issuer: Issuer;
let key: Awaited<ReturnType<Issuer['newKey']>>;
let served: ServedRouter;

beforeEach(async () => {
  clock = new TestClock();
  issuer = new Issuer(clock);
  key = await issuer.newKey('k1');
  served = await serve(definitions, {
    jwt: issuer.jwt,
    callerSecret: SECRET,
    clock,
    timers: clock,
  });
});

afterEach(() => served.router.close());

const ask = (token: string | undefined, query = '{ caller closed }') =>
  served.post({ query }, token === undefined ? {} : { authorization: 'Bearer ' + token });

const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

async function expectRefused(token: string, message = 'The token is invalid'): Promise<void> {
  const { status, body, headers } = await ask(token);
  expect({ status, body }).toEqual({
    status: 401,
    body: { errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] },
  });
  expect(headers.get('www-authenticate')).toContain('Bearer');
  expect(served.subgraphs.get('people').requests).toEqual([]);
}

async function callerOf(token: string | undefined): Promise<Record<string, unknown>> {
  const { body } = await ask(token, '{ caller }');
  const { payload, protectedHeader } = await jwtVerify(
    String(body.data?.['caller']),
    new TextEncoder().encode(SECRET),
    { issuer: 'router', audience: 'subgraphs', algorithms: ['HS256'], currentDate: clock.now() },
  );
  expect(protectedHeader.alg).toBe('HS256');
  expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
  return payload;
}

describe('what subgraphs learn of the caller', () => {
  it('is every claim of the verified token, signed', async () => {
    const { caller } = await callerOf(await issuer.token(key, { scope: 'a b', sub: 'u7' }));

    expect(caller).toMatchObject({ sub: 'u7', scope: 'a b', iss: 'accounts' });
  });

  it('is null for a visitor, signed as well', async () => {
    expect((await callerOf(undefined))['caller']).toBeNull();
  });

  it('is signed once and renewed before it ends', async () => {
    const token = await issuer.token(key);
    const first = await callerOf(token);
    clock.advance(30);
    const same = await callerOf(token);
    clock.advance(1);
    const renewed = await callerOf(token);

    expect(same['iat']).toBe(first['iat']);
    expect(renewed['iat']).toBe(Number(first['iat']) + 31);
  });
});

describe('tokens that are refused', () => {
  it('one without a signature', async () => {
    const now = Math.floor(clock.now().getTime() / 1000);
    const claims = { iss: 'accounts', aud: 'shop', exp: now + 60 };
    await expectRefused(new UnsecuredJWT(claims).encode());
    await expectRefused(
      `${base64url({ alg: 'none', kid: 'k1', typ: 'at+jwt' })}.${base64url(claims)}.`,
    );
  });

  it('one that is signed with the public key as a secret', async () => {
    const now = Math.floor(clock.now().getTime() / 1000);
    const content = [
      base64url({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }),
      base64url({ iss: 'accounts', aud: 'shop', sub: 'admin', exp: now + 60 }),
    ].join('.');
    const secret = await exportSPKI(key.publicKey);
    await expectRefused(
      content + '.' + createHmac('sha256', secret).update(content).digest('base64url'),
    );
  });

  it('one with an algorithm that is not allowed, though its key is published', async () => {
    await expectRefused(await issuer.token(await issuer.newKey('k2', 'RS256')));
  });

  it.each([
    ['another audience', { aud: 'bank' }],
    ['another issuer', { iss: 'evil' }],
    ['no end', { exp: undefined }],
    ['a start in the future', { nbf: 4_000_000_000 }],
  ])('one with %s', async (_name, claims) => {
    await expectRefused(await issuer.token(key, claims));
  });

  it.each([['JWT'], ['rt+jwt'], [undefined]])('one of the type %s', async (typ) => {
    await expectRefused(await issuer.token(key, {}, { typ }));
  });

  it('one whose claims were changed', async () => {
    const [header, , signature] = (await issuer.token(key)).split('.');
    await expectRefused([header, base64url({ iss: 'accounts', aud: 'shop' }), signature].join('.'));
  });

  it('one that is no token at all', async () => {
    await expectRefused('garbage');
    await expectRefused('', 'The Authorization header must be "Bearer" and a token');
  });

  it('one that has expired, also when it was good before', async () => {
    const token = await issuer.token(key);
    expect((await ask(token)).status).toBe(200);
    clock.advance(901);
    served.subgraphs.get('people').requests.length = 0;

    await expectRefused(token, 'The token has expired');
    await expectRefused(await issuer.token(key, { exp: 1_000 }), 'The token has expired');
  });
});

describe('keys', () => {
  it('follow a rotation without a failed request', async () => {
    expect((await ask(await issuer.token(key))).status).toBe(200);
    const next = await issuer.newKey('k2');

    const [old, fresh] = await Promise.all([
      ask(await issuer.token(key, { sub: 'u2' })),
      ask(await issuer.token(next)),
    ]);

    expect([old.status, fresh.status]).toEqual([200, 200]);
  });

  it('are not fetched for each made-up key id', async () => {
    const stranger = await new Issuer(clock).newKey('made-up');
    expect((await ask(await issuer.token(key))).status).toBe(200);
    const before = issuer.fetches;

    for (const kid of ['x1', 'x2', 'x3', 'x4']) {
      await expectRefusedStatus(await issuer.token(stranger, {}, { kid }));
    }
    expect(issuer.fetches).toBe(before + 1);

    clock.advance(6);
    await expectRefusedStatus(await issuer.token(stranger, {}, { kid: 'x5' }));
    expect(issuer.fetches).toBe(before + 2);
  });

  it('that were withdrawn are not believed for ever', async () => {
    expect((await ask(await issuer.token(key))).status).toBe(200);
    issuer.published.length = 0;
    await issuer.newKey('k2');
    clock.advance(601);

    await expectRefusedStatus(await issuer.token(key));
  });

  it('that are known serve while the issuer is down; without any, nobody is called a liar', async () => {
    issuer.isDown = true;
    const { status, body } = await ask(await issuer.token(key));
    expect(status).toBe(503);
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'AUTHENTICATION_UNAVAILABLE' });

    issuer.isDown = false;
    expect((await ask(await issuer.token(key))).status).toBe(200);
    issuer.isDown = true;
    clock.advance(601);
    expect((await ask(await issuer.token(key))).status).toBe(200);
  });

  async function expectRefusedStatus(token: string): Promise<void> {
    expect((await ask(token)).status).toBe(401);
  }
});
