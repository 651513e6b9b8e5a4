import { closeTestSubgraphs } from '@crema/kit/testing';
import { codesOf, createTestAccounts, OTHER_PASSWORD, type TestAccounts } from './support.ts';

afterEach(closeTestSubgraphs);

const MINUTE_MS = 60_000;
const WRONG = 'certainly not the password';

const failTimes = async (people: TestAccounts, times: number, address = '203.0.113.1') => {
  for (let time = 0; time < times; time++) await people.signIn({ password: WRONG, address });
};

describe('signing in', () => {
  it('opens a session for who knows the password, however the address is spelt', async () => {
    const people = await createTestAccounts();
    const { user } = await people.signUp();
    const answer = await people.signIn({ email: ' Ida@EXAMPLE.test' });

    expect(answer).toMatchObject({ user, userErrors: [] });
    expect(answer.refreshToken).toMatch(/^[\w-]{43}$/);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    const wrong = await people.signIn({ password: WRONG });
    const unknown = await people.signIn({ email: 'nobody@example.test' });

    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ accessToken: null, refreshToken: null, user: null });
    expect(codesOf(wrong)).toEqual(['INVALID_CREDENTIALS']);
  });

  it('takes as long for an unknown address', async () => {
    const people = await createTestAccounts({
      env: { SIGN_IN_TRIES_PER_ACCOUNT: '1000', SIGN_IN_TRIES_PER_ADDRESS: '1000' },
    });
    await people.signUp();
    // Time of the processor, in all threads: what other programs take meanwhile is left out.
    const costOf = async (email: string) => {
      const start = process.cpuUsage();
      await people.signIn({ email, password: WRONG });
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    let [known, unknown] = [Infinity, Infinity];
    for (let time = 0; time < 15; time++) {
      known = Math.min(known, await costOf('ida@example.test'));
      unknown = Math.min(unknown, await costOf('nobody@example.test'));
    }
    expect(unknown).toBeGreaterThan(known / 2);
    expect(unknown).toBeLessThan(known * 2);
  });

  it('gives a browser the refresh token in a cookie that scripts and other sites cannot use', async () => {
    const people = await createTestAccounts();
    const { refreshToken } = await people.signUp();
    expect(people.cookies).toEqual([
      `crema_refresh=${refreshToken}; Max-Age=2592000; Path=/graphql; HttpOnly; SameSite=Strict; Secure`,
    ]);
  });

  it('leaves Secure out of the cookie where it is told to', async () => {
    const people = await createTestAccounts({ env: { COOKIE_SECURE: 'false' } });
    await people.signUp();
    expect(people.cookies[0]).toMatch(/; Path=\/graphql; HttpOnly; SameSite=Strict$/);
  });
});

describe('the throttle', () => {
  it('refuses an account after five wrong passwords, even the right one, and says when to come back', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    people.test.clock.advance(MINUTE_MS);
    await failTimes(people, 5);
    people.test.clock.advance(10_000);

    const refusedAnswer = await people.signIn();
    expect(refusedAnswer).toMatchObject({ accessToken: null, user: null });
    expect(refusedAnswer.userErrors).toEqual([
      {
        code: 'TOO_MANY_ATTEMPTS',
        message: 'Too many attempts. Try again in 890 seconds.',
        field: null,
      },
    ]);
    people.test.clock.advance(890_000);
    expect(codesOf(await people.signIn())).toEqual([]);
  });

  it('refuses an unknown address just the same', async () => {
    const people = await createTestAccounts();
    const email = 'nobody@example.test';
    for (let time = 0; time < 5; time++) await people.signIn({ email });
    expect(codesOf(await people.signIn({ email }))).toEqual(['TOO_MANY_ATTEMPTS']);
  });

  it('counts anew after a success', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    await failTimes(people, 4);
    await people.signIn();
    await failTimes(people, 4);
    expect(codesOf(await people.signIn())).toEqual([]);
  });

  it('counts both doors and a change of password together', async () => {
    const people = await createTestAccounts();
    const caller = await people.callerOf(await people.signUp());
    await failTimes(people, 2);
    await people.signIn({ password: WRONG }, 'adminSignIn');
    for (let time = 0; time < 2; time++) await change(people, caller, WRONG);
    expect(await change(people, caller, WRONG)).toEqual(['TOO_MANY_ATTEMPTS']);
    expect(codesOf(await people.signIn())).toEqual(['TOO_MANY_ATTEMPTS']);
  });

  it('refuses a client address after thirty failures at any accounts, and no other address', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    for (let time = 0; time < 30; time++) {
      await people.signIn({ email: `guess${time}@example.test`, address: '203.0.113.9' });
    }
    expect(codesOf(await people.signIn({ address: '203.0.113.9' }))).toEqual(['TOO_MANY_ATTEMPTS']);
    expect(codesOf(await people.signIn({ address: '203.0.113.10' }))).toEqual([]);
  });

  it('does not count successes against the address', async () => {
    const people = await createTestAccounts({ env: { SIGN_IN_TRIES_PER_ADDRESS: '3' } });
    await people.signUp();
    const address = '203.0.113.9';
    for (let time = 0; time < 6; time++)
      expect(codesOf(await people.signIn({ address }))).toEqual([]);
    for (let time = 0; time < 3; time++) {
      expect(codesOf(await people.signIn({ email: `guess${time}@example.test`, address }))).toEqual(
        ['INVALID_CREDENTIALS'],
      );
    }
    expect(codesOf(await people.signIn({ address }))).toEqual(['TOO_MANY_ATTEMPTS']);
    people.test.clock.advance(15 * MINUTE_MS);
    expect(codesOf(await people.signIn({ address }))).toEqual([]);
  });

  it('lets no more through when they come all at once, or as aliases of one request', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    const guesses = Array.from({ length: 40 }, () => people.signIn({ password: WRONG }));
    const codes = (await Promise.all(guesses)).flatMap(codesOf);
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(5);

    people.test.clock.advance(15 * MINUTE_MS);
    const aliases = Array.from(
      { length: 40 },
      (_, index) =>
        `a${index}: signIn(input: {email: "ida@example.test", password: "${WRONG}"}) { userErrors { code } }`,
    );
    const { data } = await people.ask(null, `mutation { ${aliases.join(' ')} }`);
    const answers = Object.values(data as Record<string, { userErrors: { code: string }[] }>);
    expect(answers.map(({ userErrors }) => userErrors[0]!.code)).toEqual([
      ...Array<string>(5).fill('INVALID_CREDENTIALS'),
      ...Array<string>(35).fill('TOO_MANY_ATTEMPTS'),
    ]);
  });
});

const change = async (
  people: TestAccounts,
  caller: Parameters<TestAccounts['do']>[0],
  current: string,
) =>
  codesOf(
    await people.do(
      caller,
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { success userErrors { code } } }',
      { input: { currentPassword: current, newPassword: OTHER_PASSWORD } },
    ),
  );
