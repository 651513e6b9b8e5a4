import { closeTestSubgraphs } from '@crema/kit/testing';
import { RefreshToken } from '../src/entities/refresh-token.ts';
import { Session } from '../src/entities/session.ts';
import {
  codesOf,
  createTestAccounts,
  OTHER_PASSWORD,
  PASSWORD,
  type TestAccounts,
} from './support.ts';

afterEach(closeTestSubgraphs);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ENDED = ['INVALID_REFRESH_TOKEN'];

const LIST = '{ me { sessions { id createdAt lastUsedAt expiresAt userAgent current } } }';

describe('refreshing a session', () => {
  it('gives new tokens of the same session', async () => {
    const people = await createTestAccounts();
    const first = await people.signUp();
    people.test.clock.advance(MINUTE_MS);
    const second = await people.refresh(first.refreshToken);

    expect(second).toMatchObject({ user: first.user, userErrors: [] });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const [before, after] = [
      await people.claimsOf(first.accessToken),
      await people.claimsOf(second.accessToken),
    ];
    expect(after['sid']).toBe(before['sid']);
    expect(after.exp! - before.exp!).toBe(60);
  });

  it('ends the whole family when a used token comes again', async () => {
    const people = await createTestAccounts();
    const first = await people.signUp();
    const second = await people.refresh(first.refreshToken);
    const third = await people.refresh(second.refreshToken);

    expect(codesOf(await people.refresh(first.refreshToken))).toEqual(ENDED);
    expect(codesOf(await people.refresh(third.refreshToken))).toEqual(ENDED);
    expect((await people.do(await people.callerOf(third), LIST)).sessions).toEqual([]);
  });

  it('leaves other sessions of the person alone when one family ends', async () => {
    const people = await createTestAccounts();
    const phone = await people.signUp();
    const laptop = await people.signIn();
    await people.refresh(phone.refreshToken);
    await people.refresh(phone.refreshToken);
    expect(codesOf(await people.refresh(laptop.refreshToken))).toEqual([]);
  });

  it('lets one of many at once through, and then none', async () => {
    const people = await createTestAccounts();
    const { refreshToken } = await people.signUp();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => people.refresh(refreshToken)),
    );

    const winners = answers.filter(({ accessToken }) => accessToken !== null);
    expect(winners).toHaveLength(1);
    expect(codesOf(await people.refresh(winners[0]!.refreshToken))).toEqual(ENDED);
  });

  it('takes the token from the cookie, and clears a cookie that is no good', async () => {
    const people = await createTestAccounts();
    const { refreshToken } = await people.signUp();
    const second = await people.refresh(null, `theme=dark; crema_refresh=${refreshToken}`);
    expect(codesOf(second)).toEqual([]);
    expect(people.cookies.at(-1)).toContain(`crema_refresh=${second.refreshToken};`);

    expect(codesOf(await people.refresh(null, `crema_refresh=${refreshToken}`))).toEqual(ENDED);
    expect(people.cookies.at(-1)).toBe(
      'crema_refresh=; Max-Age=0; Path=/graphql; HttpOnly; SameSite=Strict; Secure',
    );
  });

  it.each([null, '', 'no token of ours', `' OR ''='`])('refuses %j', async (token) => {
    const people = await createTestAccounts();
    expect(codesOf(await people.refresh(token))).toEqual(ENDED);
  });

  it('goes on for thirty days from the last use', async () => {
    const people = await createTestAccounts();
    const first = await people.signUp();
    people.test.clock.advance(30 * DAY_MS - 1);
    const second = await people.refresh(first.refreshToken);
    expect(codesOf(second)).toEqual([]);
    people.test.clock.advance(30 * DAY_MS);
    expect(codesOf(await people.refresh(second.refreshToken))).toEqual(ENDED);
  });

  it('keeps no token that could be read from the database', async () => {
    const people = await createTestAccounts();
    const { refreshToken } = await people.signUp();
    const rows = await people.test.running.database!.read.find(RefreshToken);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
  });
});

describe('the list of sessions', () => {
  it('shows where somebody is signed in, the last used first, and which one asks', async () => {
    const people = await createTestAccounts();
    await people.signUp({ userAgent: 'Phone/1' });
    people.test.clock.advance(MINUTE_MS);
    const laptop = await people.signIn({ userAgent: 'Laptop/2' });

    expect((await people.do(await people.callerOf(laptop), LIST)).sessions).toEqual([
      {
        id: (await people.claimsOf(laptop.accessToken))['sid'],
        createdAt: '2026-03-02T15:01:00.000Z',
        lastUsedAt: '2026-03-02T15:01:00.000Z',
        expiresAt: '2026-04-01T15:01:00.000Z',
        userAgent: 'Laptop/2',
        current: true,
      },
      expect.objectContaining({ userAgent: 'Phone/1', current: false }),
    ]);
  });

  it('is shown to nobody else, not even to who may read users', async () => {
    const people = await createTestAccounts({ demo: true });
    const { user } = await people.signUp();
    const admin = await people.callerOf(await demoSignIn(people, 'admin'));
    const other = await people.do(
      admin,
      'query ($id: ID!) { user(id: $id) { email sessions { id } } }',
      { id: user.id },
    );
    expect(other).toEqual({ email: 'ida@example.test', sessions: null });
  });
});

describe('ending sessions', () => {
  it('signs out the session that asks, and clears the cookie', async () => {
    const people = await createTestAccounts();
    const phone = await people.signUp();
    const laptop = await people.signIn();
    expect(
      await people.do(await people.callerOf(phone), 'mutation { signOut { success } }'),
    ).toEqual({ success: true });

    expect(people.cookies.at(-1)).toContain('crema_refresh=; Max-Age=0;');
    expect(codesOf(await people.refresh(phone.refreshToken))).toEqual(ENDED);
    expect(codesOf(await people.refresh(laptop.refreshToken))).toEqual([]);
  });

  it('signs out everywhere', async () => {
    const people = await createTestAccounts();
    const answers = [await people.signUp(), await people.signIn(), await people.signIn()];
    const stranger = await people.signUp({ email: 'stranger@example.test' });
    await people.do(
      await people.callerOf(answers[0]!),
      'mutation { signOutEverywhere { success } }',
    );

    for (const { refreshToken } of answers)
      expect(codesOf(await people.refresh(refreshToken))).toEqual(ENDED);
    expect(codesOf(await people.refresh(stranger.refreshToken))).toEqual([]);
  });

  it("revokes one of the caller's own, and no one else's", async () => {
    const people = await createTestAccounts();
    const phone = await people.signUp();
    const laptop = await people.signIn();
    const stranger = await people.signUp({ email: 'stranger@example.test' });
    const id = (await people.claimsOf(laptop.accessToken))['sid'];
    const revoke = async (who: typeof phone) =>
      people.do(
        await people.callerOf(who),
        'mutation ($id: ID!) { revokeSession(id: $id) { success } }',
        { id },
      );

    expect(await revoke(stranger)).toEqual({ success: false });
    expect(await revoke(phone)).toEqual({ success: true });
    expect(await revoke(phone)).toEqual({ success: false });
    expect(codesOf(await people.refresh(laptop.refreshToken))).toEqual(ENDED);
    expect(codesOf(await people.refresh(phone.refreshToken))).toEqual([]);
  });

  it.each([
    'signOut { success }',
    'signOutEverywhere { success }',
    'revokeSession(id: "x") { success }',
  ])('refuses a visitor: %s', async (field) => {
    const people = await createTestAccounts();
    const { errors } = await people.ask(null, `mutation { ${field} }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('forgets what ended, a day later', async () => {
    const people = await createTestAccounts();
    const kept = await people.signUp();
    await people.do(
      await people.callerOf(await people.signIn()),
      'mutation { signOut { success } }',
    );
    people.test.clock.advance(DAY_MS + MINUTE_MS);
    await people.runJob('accounts.remove-ended-sessions');

    const { read } = people.test.running.database!;
    expect([await read.count(Session), await read.count(RefreshToken)]).toEqual([1, 1]);
    expect(codesOf(await people.refresh(kept.refreshToken))).toEqual([]);
  });
});

describe('changing the password', () => {
  const CHANGE =
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { success userErrors { code field } } }';

  it('needs the current one, and ends all other sessions', async () => {
    const people = await createTestAccounts();
    const phone = await people.signUp();
    const laptop = await people.signIn();
    const caller = await people.callerOf(phone);

    const wrong = { currentPassword: OTHER_PASSWORD, newPassword: OTHER_PASSWORD };
    expect(await people.do(caller, CHANGE, { input: wrong })).toEqual({
      success: false,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: ['currentPassword'] }],
    });
    const right = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD };
    expect(await people.do(caller, CHANGE, { input: right })).toEqual({
      success: true,
      userErrors: [],
    });

    expect(codesOf(await people.refresh(laptop.refreshToken))).toEqual(ENDED);
    expect(codesOf(await people.refresh(phone.refreshToken))).toEqual([]);
    expect(codesOf(await people.signIn())).toEqual(['INVALID_CREDENTIALS']);
    expect(codesOf(await people.signIn({ password: OTHER_PASSWORD }))).toEqual([]);
  });

  it('asks as much of the new one as at sign-up', async () => {
    const people = await createTestAccounts();
    const caller = await people.callerOf(await people.signUp());
    const ask = (newPassword: string) =>
      people.do(caller, CHANGE, { input: { currentPassword: PASSWORD, newPassword } });

    expect(await ask('short')).toEqual({
      success: false,
      userErrors: [{ code: 'INVALID_INPUT', field: ['newPassword'] }],
    });
    expect(await ask('passwordpassword')).toEqual({
      success: false,
      userErrors: [{ code: 'WEAK_PASSWORD', field: ['newPassword'] }],
    });
    expect(await ask('ida likes flat whites')).toEqual({
      success: false,
      userErrors: [{ code: 'WEAK_PASSWORD', field: ['newPassword'] }],
    });
  });

  it('refuses a visitor', async () => {
    const people = await createTestAccounts();
    const { errors } = await people.ask(null, CHANGE, {
      input: { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

const demoSignIn = (people: TestAccounts, who: string) =>
  people.signIn({ email: `${who}@crema.test`, password: 'espresso-macchiato-42' });
