import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import {
  createSeal,
  stableId,
  systemRandom,
  type CallerClaims,
  type SubgraphResponse,
} from '@crema/kit';
import {
  createTestSubgraph,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@crema/kit/testing';
import { CafeChanged, PasswordResetRequested } from '@crema/schema/events';
import { accounts, type Accounts } from '../src/subgraph.ts';

/** Passwords are hashed for real here, and that is made to take its time. */
jest.setTimeout(60_000);

export const SEAL_SECRET = 'what accounts and notifications share, long enough';
export const PASSWORD = 'a quiet corner table 7';
export const OTHER_PASSWORD = 'rain on the awning 31';

export const ADMIN: CallerClaims = {
  sub: stableId('user/admin@crema.test'),
  scope: 'users:read users:write audit:read wallets:read',
  roles: ['CUSTOMER', 'BARISTA', 'MANAGER', 'ADMIN'],
  workplaces: ['*'],
};

export const BARISTA: CallerClaims = {
  sub: stableId('user/barista@crema.test'),
  scope: 'queue:work stock:read orders:read',
  roles: ['CUSTOMER', 'BARISTA'],
  workplaces: [stableId('cafe/astoria')],
};

/** What the tests read of answers; each test names the fields that it asks for. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

export interface Problems {
  readonly userErrors: readonly { code: string; message: string; field: string[] | null }[];
}

export interface SessionAnswer extends Problems {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
  readonly user: { readonly id: string; readonly name: string };
}

const SESSION =
  '{ accessToken refreshToken expiresAt user { id name } userErrors { code message field } }';

export interface Door {
  readonly email?: string;
  readonly password?: string;
  /** The client's address as the router saw it. */
  readonly address?: string;
  readonly userAgent?: string;
}

/** Accounts at work, with what people do there. */
export class TestAccounts {
  /** All `Set-Cookie` headers so far. */
  readonly cookies: string[] = [];

  constructor(readonly test: TestSubgraph) {}

  get accounts(): Accounts {
    return this.test.running.subgraph as Accounts;
  }

  async ask(
    caller: CallerClaims | null,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<SubgraphResponse & { data: Answer }> {
    const answer = await this.test.ask(caller, query, variables, headers);
    this.cookies.push(...[answer.headers?.['set-cookie'] ?? []].flat());
    return answer as SubgraphResponse & { data: Answer };
  }

  /** Asks, and hands over the one root field; fails when there is any error. */
  async do(
    caller: CallerClaims | null,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    const { data, errors } = await this.ask(caller, query, variables, headers);
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  }

  signUp(input: Door & { name?: string; phone?: string } = {}): Promise<SessionAnswer> {
    const { address, userAgent, ...rest } = input;
    return this.do(
      null,
      `mutation ($input: SignUpInput!) { signUp(input: $input) ${SESSION} }`,
      { input: { email: 'ida@example.test', password: PASSWORD, name: 'Ida Berg', ...rest } },
      headersOf({ address, userAgent }),
    );
  }

  signIn(door: Door = {}, field: 'signIn' | 'adminSignIn' = 'signIn'): Promise<SessionAnswer> {
    const { email = 'ida@example.test', password = PASSWORD } = door;
    return this.do(
      null,
      `mutation ($input: SignInInput!) { ${field}(input: $input) ${SESSION} }`,
      { input: { email, password } },
      headersOf(door),
    );
  }

  refresh(refreshToken: string | null, cookie?: string): Promise<SessionAnswer> {
    return this.do(
      null,
      `mutation ($token: String) { refreshSession(refreshToken: $token) ${SESSION} }`,
      { token: refreshToken },
      cookie === undefined ? {} : { cookie },
    );
  }

  requestReset(email: string, address = '203.0.113.1'): Promise<{ accepted: boolean }> {
    return this.do(
      null,
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }',
      { input: { email } },
      headersOf({ address }),
    );
  }

  reset(
    email: string,
    code: string,
    newPassword = OTHER_PASSWORD,
    address = '203.0.113.1',
  ): Promise<Problems & { success: boolean }> {
    return this.do(
      null,
      'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { success userErrors { code message field } } }',
      { input: { email, code, newPassword } },
      headersOf({ address }),
    );
  }

  setRoles(caller: CallerClaims | null, input: Record<string, unknown>): Promise<Answer> {
    return this.do(
      caller,
      `mutation ($input: SetRolesInput!) { setRoles(input: $input)
        { user { id roles workplaces { id } } userErrors { code field } } }`,
      { input },
    );
  }

  /** The codes that were sent, as notifications reads them. */
  async codes(): Promise<string[]> {
    const seal = createSeal(SEAL_SECRET, 'password-reset', systemRandom);
    const requests = await this.test.published(PasswordResetRequested);
    return requests.map(({ data }) => seal.open(data.sealedCode));
  }

  /** The claims of a token that the published keys verify. */
  async claimsOf(token: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, createLocalJWKSet(await this.accounts.jwks()), {
      algorithms: ['EdDSA'],
      issuer: 'crema',
      audience: 'crema',
      typ: 'at+jwt',
      currentDate: this.test.clock.now(),
    });
    return payload;
  }

  /** Who the router would say is asking, for this token. */
  async callerOf({ accessToken }: Pick<SessionAnswer, 'accessToken'>): Promise<CallerClaims> {
    return (await this.claimsOf(accessToken)) as unknown as CallerClaims;
  }

  async runJob(name: string): Promise<void> {
    await this.accounts.jobs.find((job) => job.name === name)!.run();
  }

  async tellOfCafe(id: string): Promise<void> {
    await this.test.tell(CafeChanged, id, {
      slug: id,
      name: 'A café',
      timeZone: 'America/New_York',
      currency: 'USD',
      taxRate: '8.875',
      openingHours: [],
      specialHours: [],
      orderingPausedReason: null,
    });
  }
}

const headersOf = ({ address, userAgent }: Door): Record<string, string> => ({
  ...(address !== undefined && { 'x-forwarded-for': address }),
  ...(userAgent !== undefined && { 'user-agent': userAgent }),
});

export async function createTestAccounts(
  options: TestSubgraphOptions & { demo?: boolean } = {},
): Promise<TestAccounts> {
  const { demo = false, env = {}, ...rest } = options;
  const test = await createTestSubgraph(accounts as never, {
    ...rest,
    env: { SEAL_SECRET, ...env },
  });
  if (demo) await test.running.subgraph.loadDemo!();
  return new TestAccounts(test);
}

export const codesOf = ({ userErrors }: Problems): string[] => userErrors.map(({ code }) => code);
