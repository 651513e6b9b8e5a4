import { verify } from '@node-rs/argon2';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { UserSignedUp } from '@crema/schema/events';
import { User } from '../src/entities/user.ts';
import { codesOf, createTestAccounts, PASSWORD } from './support.ts';

afterEach(closeTestSubgraphs);

describe('signing up', () => {
  it('makes a customer, signs them in and tells the others', async () => {
    const people = await createTestAccounts();
    const answer = await people.signUp({ name: '  Ida Berg ', phone: '+12125550199' });

    expect(answer).toMatchObject({ user: { name: 'Ida Berg' }, userErrors: [] });
    const me = await people.do(
      await people.callerOf(answer),
      '{ me { id name email phone roles workplaces { id } createdAt } }',
    );
    expect(me).toEqual({
      id: answer.user.id,
      name: 'Ida Berg',
      email: 'ida@example.test',
      phone: '+12125550199',
      roles: ['CUSTOMER'],
      workplaces: [],
      createdAt: '2026-03-02T15:00:00.000Z',
    });
    expect(await people.test.published(UserSignedUp)).toEqual([
      expect.objectContaining({
        key: answer.user.id,
        data: {
          name: 'Ida Berg',
          email: 'ida@example.test',
          phone: '+12125550199',
          roles: ['CUSTOMER'],
          workplaces: [],
          signedUpAt: '2026-03-02T15:00:00.000Z',
        },
      }),
    ]);
  });

  it('keeps the password as argon2id of 19 MiB, two passes and one lane alone', async () => {
    const people = await createTestAccounts();
    const { user } = await people.signUp();
    const [row] = await people.test.running.database!.findMany(User, [user.id]);

    expect(row!.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verify(row!.passwordHash, PASSWORD)).toBe(true);
  });

  it.each([
    ['the same', 'ida@example.test'],
    ['in capitals, with spaces around', '  IDA@Example.TEST '],
    ['in full-width letters', 'ｉｄａ@example.test'],
  ])('gives one account to one e-mail address: %s', async (_, email) => {
    const people = await createTestAccounts();
    await people.signUp();
    const again = await people.signUp({ email, name: 'Somebody else' });

    expect(again.accessToken).toBeNull();
    expect(again.userErrors).toEqual([
      expect.objectContaining({ code: 'EMAIL_TAKEN', field: ['email'] }),
    ]);
    expect(await people.test.published(UserSignedUp)).toHaveLength(1);
  });

  it('gives one account to ten who ask at once', async () => {
    const people = await createTestAccounts();
    const answers = await Promise.all(Array.from({ length: 10 }, () => people.signUp()));

    expect(answers.flatMap(codesOf)).toEqual(Array(9).fill('EMAIL_TAKEN'));
    expect(await people.test.running.database!.read.countBy(User, {})).toBe(1);
  });

  it.each([
    ['short', 'eleven char', 'INVALID_INPUT'],
    ['longer than 200 characters', 'a1b2c3d4'.repeat(26), 'INVALID_INPUT'],
    ['on the list', 'Qwerty123456', 'WEAK_PASSWORD'],
    ['a common one with digits', 'Password2026!', 'WEAK_PASSWORD'],
    ['a common one repeated', 'letmeinletmeinletmein', 'WEAK_PASSWORD'],
    ['a common one repeated, with digits', 'dragondragon1999', 'WEAK_PASSWORD'],
    ['few different characters', 'abababababababab', 'WEAK_PASSWORD'],
    ['a sequence', 'abcdefghijklmnop', 'WEAK_PASSWORD'],
    ['the local part of the e-mail address', 'my name is IDA, hello', 'WEAK_PASSWORD'],
  ])('refuses a password that is %s', async (_, password, code) => {
    const people = await createTestAccounts();
    const answer = await people.signUp({ password });

    expect(answer.userErrors).toEqual([expect.objectContaining({ code, field: ['password'] })]);
    expect(await people.test.published(UserSignedUp)).toEqual([]);
  });

  it.each([
    'espresso-macchiato-42',
    'correct horse battery staple',
    'twelve chars',
    'пароль из слов',
    'a'.repeat(4) + 'x8Kd2mQz',
  ])('takes %s as a password', async (password) => {
    const people = await createTestAccounts();
    expect(await people.signUp({ password })).toMatchObject({ userErrors: [] });
    expect(await people.signIn({ password })).toMatchObject({ userErrors: [] });
  });

  it('names every wrong field at once', async () => {
    const people = await createTestAccounts();
    const answer = await people.signUp({ name: ' \u0007', phone: '0171 234', password: 'short' });

    expect(answer.userErrors.map(({ code, field }) => [code, ...field!]).sort()).toEqual([
      ['INVALID_INPUT', 'name'],
      ['INVALID_INPUT', 'password'],
      ['INVALID_INPUT', 'phone'],
    ]);
  });

  it.each(['nobody', 'a@b', 'two@at@signs.test', 'line\nbreak@example.test', '', "x' OR '1'='1"])(
    'refuses %j as an e-mail address',
    async (email) => {
      const people = await createTestAccounts();
      const answer = await people.signUp({ email });
      expect(answer.userErrors).toEqual([
        expect.objectContaining({ code: 'INVALID_INPUT', field: ['email'] }),
      ]);
    },
  );

  it('keeps names as they were written, whatever they look like', async () => {
    const people = await createTestAccounts();
    const name = `Robert'); DROP TABLE users;-- <b>O’Brien</b> 李 ${'{$ne:1}'}`;
    expect(await people.signUp({ name })).toMatchObject({ user: { name }, userErrors: [] });
  });
});
