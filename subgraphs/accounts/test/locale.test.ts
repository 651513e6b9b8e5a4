import { closeTestSubgraphs } from '@crema/kit/testing';
import { UserChanged, UserSignedUp } from '@crema/schema/events';
import { ADMIN, BARISTA, createTestAccounts, PASSWORD } from './support.ts';

afterEach(closeTestSubgraphs);

const SIGN_UP =
  'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken user { id } userErrors { code field } } }';
const UPDATE =
  'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name locale } userErrors { code field message } } }';
const LOCALE_OF =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { name locale } } }';

const ida = { email: 'ida@example.test', password: PASSWORD, name: 'Ida Berg' };

describe('the language of messages', () => {
  it('is chosen at the beginning, changed, kept and given up, and the others are told', async () => {
    const people = await createTestAccounts();
    const answer = await people.do(null, SIGN_UP, { input: { ...ida, locale: 'ES-mx' } });
    expect(answer.userErrors).toEqual([]);
    const caller = await people.callerOf(answer);
    const update = async (input: object) => (await people.do(caller, UPDATE, { input })).user;
    expect(await update({ name: 'Ida' })).toEqual({ name: 'Ida', locale: 'es-MX' });
    expect(await update({ locale: 'en-GB' })).toEqual({ name: 'Ida', locale: 'en-GB' });
    expect(await update({ locale: null })).toEqual({ name: 'Ida', locale: null });

    const [signedUp] = await people.test.published(UserSignedUp);
    expect(signedUp!.data.locale).toBe('es-MX');
    const changed = await people.test.published(UserChanged);
    expect(changed.map(({ data }) => data.locale)).toEqual(['es-MX', 'en-GB', undefined]);
  });

  it('is nobody else’s to see, but for those who may read users', async () => {
    const people = await createTestAccounts();
    const { user } = await people.do(null, SIGN_UP, { input: { ...ida, locale: 'es' } });
    const r = [{ __typename: 'User', id: user.id }];
    expect(await people.do(BARISTA, LOCALE_OF, { r })).toEqual([
      { name: 'Ida Berg', locale: null },
    ]);
    expect(await people.do(ADMIN, LOCALE_OF, { r })).toEqual([{ name: 'Ida Berg', locale: 'es' }]);
  });

  it.each([
    '',
    'english',
    'e',
    'en_US',
    'es-MX\r\nBcc: x@y.test',
    '../es',
    'x'.repeat(101),
    `en${'-abcdefgh'.repeat(5)}`,
  ])('is not %j, and nothing is half done', async (locale) => {
    const people = await createTestAccounts();
    const wrong = await people.do(null, SIGN_UP, { input: { ...ida, locale } });
    expect(wrong.userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['locale'] }]);
    expect(await people.test.published(UserSignedUp)).toEqual([]);

    const caller = await people.callerOf(await people.signUp());
    const answer = await people.do(caller, UPDATE, { input: { name: 'Other', locale } });
    expect(answer).toMatchObject({
      user: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['locale'] }],
    });
    expect(await people.test.published(UserChanged)).toEqual([]);
  });
});
