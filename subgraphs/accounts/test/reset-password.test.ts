import { closeTestSubgraphs } from '@crema/kit/testing';
import { PasswordResetRequested } from '@crema/schema/events';
import { PasswordReset } from '../src/entities/password-reset.ts';
import { codesOf, createTestAccounts, OTHER_PASSWORD, type TestAccounts } from './support.ts';

afterEach(closeTestSubgraphs);

const MINUTE_MS = 60_000;
const IDA = 'ida@example.test';

const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function askedByIda(): Promise<{ people: TestAccounts; code: string }> {
  const people = await createTestAccounts();
  await people.signUp();
  await people.requestReset(IDA);
  const [code] = await people.codes();
  return { people, code: code! };
}

describe('asking for a one-time code', () => {
  it('sends six sealed digits to who has an account', async () => {
    const { people, code } = await askedByIda();
    expect(code).toMatch(/^\d{6}$/);
    const [event] = await people.test.published(PasswordResetRequested);
    expect(event!.data.expiresAt).toBe('2026-03-02T15:10:00.000Z');
    expect(JSON.stringify(event)).not.toContain(code);
  });

  it('answers the same for an unknown address, does the same work, and sends nothing', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    const { statements } = people.test;
    const workFor = async (email: string) => {
      await people.test.settle();
      statements.length = 0;
      expect(await people.requestReset(email)).toEqual({ accepted: true });
      return statements.filter((sql) => !/outbox|inbox/.test(sql)).map((sql) => sql.split(' ')[0]);
    };
    expect(await workFor('nobody@example.test')).toEqual(await workFor(IDA));
    expect(await people.test.published(PasswordResetRequested)).toHaveLength(1);
  });

  it('quietly sends no more than five an hour to one account', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    for (let time = 0; time < 8; time++) {
      expect(await people.requestReset(` ${IDA.toUpperCase()}`, `203.0.113.${time}`)).toEqual({
        accepted: true,
      });
    }
    expect(await people.codes()).toHaveLength(5);
    people.test.clock.advance(60 * MINUTE_MS);
    await people.requestReset(IDA);
    expect(await people.codes()).toHaveLength(6);
  });

  it('keeps no code that could be read or guessed from the database', async () => {
    const { people, code } = await askedByIda();
    const [row] = await people.test.running.database!.read.find(PasswordReset);
    expect(JSON.stringify(row)).not.toContain(code);
    expect(JSON.stringify(row)).not.toContain('ida');
  });

  it('spreads codes over all there are', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    for (let time = 0; time < 200; time++) {
      people.test.clock.advance(12 * MINUTE_MS);
      await people.requestReset(IDA);
    }
    const codes = await people.codes();
    expect(codes).toHaveLength(200);
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    for (const digit of '0123456789') {
      const beginning = codes.filter((code) => code.startsWith(digit)).length;
      expect(beginning).toBeGreaterThan(5);
      expect(beginning).toBeLessThan(40);
    }
  });
});

describe('setting a new password by a code', () => {
  it('sets it, and ends every session', async () => {
    const { people, code } = await askedByIda();
    const before = await people.signIn();
    expect(await people.reset('IDA@example.test', ` ${code.slice(0, 3)} ${code.slice(3)}`)).toEqual(
      { success: true, userErrors: [] },
    );

    expect(codesOf(await people.refresh(before.refreshToken))).toEqual(['INVALID_REFRESH_TOKEN']);
    expect(codesOf(await people.signIn())).toEqual(['INVALID_CREDENTIALS']);
    expect(codesOf(await people.signIn({ password: OTHER_PASSWORD }))).toEqual([]);
  });

  it('opens an account that was throttled', async () => {
    const { people, code } = await askedByIda();
    for (let time = 0; time < 6; time++) await people.signIn({ password: 'forgotten it again' });
    expect(codesOf(await people.signIn())).toEqual(['TOO_MANY_ATTEMPTS']);
    await people.reset(IDA, code);
    expect(codesOf(await people.signIn({ password: OTHER_PASSWORD }))).toEqual([]);
  });

  it('takes a code once', async () => {
    const { people, code } = await askedByIda();
    const answers = await Promise.all(Array.from({ length: 4 }, () => people.reset(IDA, code)));
    expect(answers.filter(({ success }) => success)).toHaveLength(1);
    expect(codesOf(await people.reset(IDA, code))).toEqual(['INVALID_CODE']);
  });

  it('takes a code for ten minutes', async () => {
    const { people, code } = await askedByIda();
    people.test.clock.advance(10 * MINUTE_MS);
    expect(await people.reset(IDA, code)).toEqual({
      success: false,
      userErrors: [expect.objectContaining({ code: 'INVALID_CODE', field: ['code'] })],
    });
  });

  it('takes the last code alone', async () => {
    const { people, code } = await askedByIda();
    await people.requestReset(IDA);
    const second = (await people.codes())[1]!;
    expect(codesOf(await people.reset(IDA, code))).toEqual(['INVALID_CODE']);
    expect(codesOf(await people.reset(IDA, second))).toEqual([]);
  });

  it('spoils a code after five wrong ones, also when they come at once', async () => {
    const { people, code } = await askedByIda();
    const wrong = await Promise.all(
      Array.from({ length: 5 }, () => people.reset(IDA, otherThan(code))),
    );
    expect(wrong.flatMap(codesOf)).toEqual(Array(5).fill('INVALID_CODE'));
    expect(codesOf(await people.reset(IDA, code))).toEqual(['INVALID_CODE']);
  });

  it('still takes it after four', async () => {
    const { people, code } = await askedByIda();
    for (let time = 0; time < 4; time++) await people.reset(IDA, otherThan(code));
    expect(codesOf(await people.reset(IDA, code))).toEqual([]);
  });

  it('cannot be tried in bulk on one account, from however many addresses', async () => {
    const people = await createTestAccounts();
    await people.signUp();
    for (let time = 0; time < 10; time++) {
      await people.reset(IDA, '000000', OTHER_PASSWORD, `203.0.113.${time}`);
    }
    const answer = await people.reset(IDA, '000000', OTHER_PASSWORD, '203.0.113.77');
    expect(codesOf(answer)).toEqual(['TOO_MANY_ATTEMPTS']);
  });

  it('cannot be tried in bulk from one address, on however many accounts', async () => {
    const people = await createTestAccounts({ env: { SIGN_IN_TRIES_PER_ADDRESS: '3' } });
    const guess = async (name: number) =>
      codesOf(await people.reset(`guess${name}@example.test`, '000000'));
    // Which of them comes last is theirs to settle; that one does is what counts.
    const codes = (await Promise.all([1, 2, 3, 4].map(guess))).flat();
    expect(codes.toSorted()).toEqual([
      'INVALID_CODE',
      'INVALID_CODE',
      'INVALID_CODE',
      'TOO_MANY_ATTEMPTS',
    ]);
  });

  it('answers an unknown address as a wrong code', async () => {
    const { people, code } = await askedByIda();
    await people.requestReset('nobody@example.test');
    expect(await people.reset('nobody@example.test', code)).toEqual(
      await people.reset(IDA, otherThan(code)),
    );
  });

  it('keeps the code for another try when the new password is weak', async () => {
    const { people, code } = await askedByIda();
    expect(codesOf(await people.reset(IDA, code, 'passwordpassword'))).toEqual(['WEAK_PASSWORD']);
    expect(codesOf(await people.reset(IDA, code, 'short'))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await people.reset(IDA, code))).toEqual([]);
  });

  it('forgets codes that ran out', async () => {
    const { people } = await askedByIda();
    people.test.clock.advance(11 * MINUTE_MS);
    await people.runJob('accounts.remove-expired-codes');
    expect(await people.test.running.database!.read.count(PasswordReset)).toBe(0);
  });
});
