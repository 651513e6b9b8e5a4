import { stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade, UserChanged } from '@crema/schema/events';
import { ADMIN, BARISTA, codesOf, createTestAccounts, type TestAccounts } from './support.ts';

afterEach(closeTestSubgraphs);

const MINUTE_MS = 60_000;
const DEMO = 'espresso-macchiato-42';
const ADMIN_DOOR = { email: 'admin@crema.test', password: DEMO };
const BARISTA_DOOR = { email: 'barista@crema.test', password: DEMO };

const cafe = stableId('cafe/astoria');
const otherCafe = stableId('cafe/hells-kitchen');

async function crema(): Promise<TestAccounts> {
  const people = await createTestAccounts({ demo: true });
  for (const id of [cafe, otherCafe]) await people.tellOfCafe(id);
  return people;
}

const audited = async (people: TestAccounts) => {
  await people.test.settle();
  const { nodes } = await people.do(
    ADMIN,
    '{ auditLog { nodes { actor { name } action target details } } }',
  );
  return nodes;
};

describe('the door for staff', () => {
  it('refuses a customer exactly as a wrong password', async () => {
    const people = await crema();
    const customer = await people.signIn(
      { email: 'customer@crema.test', password: DEMO },
      'adminSignIn',
    );
    const wrong = await people.signIn(
      { ...ADMIN_DOOR, password: 'certainly not it' },
      'adminSignIn',
    );
    const unknown = await people.signIn({ email: 'nobody@crema.test' }, 'adminSignIn');

    expect(codesOf(customer)).toEqual(['INVALID_CREDENTIALS']);
    expect(wrong).toEqual(customer);
    expect(unknown).toEqual(customer);
  });

  it('opens a session that ends when it is left alone for 15 minutes', async () => {
    const people = await crema();
    const first = await people.signIn(BARISTA_DOOR, 'adminSignIn');
    expect(people.cookies.at(-1)).toContain('Max-Age=900;');
    people.test.clock.advance(15 * MINUTE_MS - 1);
    const second = await people.refresh(first.refreshToken);
    expect(codesOf(second)).toEqual([]);
    people.test.clock.advance(15 * MINUTE_MS);
    expect(codesOf(await people.refresh(second.refreshToken))).toEqual(['INVALID_REFRESH_TOKEN']);
  });

  it('ends it after twelve hours however much it is used', async () => {
    const people = await crema();
    let answer = await people.signIn(BARISTA_DOOR, 'adminSignIn');
    for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      people.test.clock.advance(10 * MINUTE_MS);
      answer = await people.refresh(answer.refreshToken);
      expect(codesOf(answer)).toEqual([]);
    }
    const { exp } = await people.claimsOf(answer.accessToken);
    expect(exp! * 1_000).toBeLessThanOrEqual(Date.parse('2026-03-03T03:00:00.000Z'));
    people.test.clock.advance(10 * MINUTE_MS);
    expect(codesOf(await people.refresh(answer.refreshToken))).toEqual(['INVALID_REFRESH_TOKEN']);
  });

  it('ends it when the person is staff no more', async () => {
    const people = await crema();
    const answer = await people.signIn(BARISTA_DOOR, 'adminSignIn');
    await people.setRoles(ADMIN, { userId: BARISTA.sub, roles: ['CUSTOMER'] });
    expect(codesOf(await people.refresh(answer.refreshToken))).toEqual(['INVALID_REFRESH_TOKEN']);
  });

  it('writes down who came in and who was refused', async () => {
    const people = await crema();
    await people.signIn({ ...ADMIN_DOOR, address: '203.0.113.5' }, 'adminSignIn');
    people.test.clock.advance(1);
    await people.signIn(
      { ...ADMIN_DOOR, password: 'certainly not it', address: '203.0.113.6' },
      'adminSignIn',
    );
    people.test.clock.advance(1);
    await people.signIn({ email: 'nobody@crema.test', address: '203.0.113.7' }, 'adminSignIn');

    expect(await audited(people)).toEqual([
      {
        actor: null,
        action: 'accounts.adminSignInRefused',
        target: 'User:unknown',
        details: 'Refused from 203.0.113.7.',
      },
      {
        actor: { name: 'Ada Rossi' },
        action: 'accounts.adminSignInRefused',
        target: `User:${ADMIN.sub}`,
        details: 'Refused from 203.0.113.6.',
      },
      {
        actor: { name: 'Ada Rossi' },
        action: 'accounts.adminSignIn',
        target: expect.stringMatching(/^Session:/),
        details: 'Signed in from 203.0.113.5.',
      },
    ]);
  });
});

describe('setting roles', () => {
  it('gives new rights with the next token, tells the others and writes it down', async () => {
    const people = await crema();
    const ida = await people.signUp();
    const answer = await people.setRoles(ADMIN, {
      userId: ida.user.id,
      roles: ['BARISTA', 'CUSTOMER', 'BARISTA'],
      cafeIds: [cafe],
    });

    expect(answer).toEqual({
      user: { id: ida.user.id, roles: ['CUSTOMER', 'BARISTA'], workplaces: [{ id: cafe }] },
      userErrors: [],
    });
    const renewed = await people.refresh(ida.refreshToken);
    expect(await people.claimsOf(renewed.accessToken)).toMatchObject({
      scope: 'queue:work stock:read orders:read',
      workplaces: [cafe],
    });
    expect((await people.test.published(UserChanged)).at(-1)).toMatchObject({
      key: ida.user.id,
      data: {
        name: 'Ida Berg',
        email: 'ida@example.test',
        roles: ['CUSTOMER', 'BARISTA'],
        workplaces: [cafe],
      },
    });
    expect(await people.test.published(PrivilegedWriteMade)).toEqual([
      expect.objectContaining({
        key: ADMIN.sub,
        data: {
          actorId: ADMIN.sub,
          action: 'accounts.setRoles',
          target: `User:${ida.user.id}`,
          details: `Roles: CUSTOMER, BARISTA. Cafés: ${cafe}.`,
          at: '2026-03-02T15:00:00.000Z',
        },
      }),
    ]);
    expect(await audited(people)).toEqual([
      expect.objectContaining({ action: 'accounts.setRoles', actor: { name: 'Ada Rossi' } }),
    ]);
  });

  it.each([
    ['staff without a café', { roles: ['MANAGER'], cafeIds: [] }, ['CAFE_REQUIRED']],
    ['staff who had none', { roles: ['BARISTA'] }, ['CAFE_REQUIRED']],
    [
      'cafés that do not exist',
      { roles: ['BARISTA'], cafeIds: [cafe, 'nowhere', 'elsewhere'] },
      ['NOT_FOUND', 'NOT_FOUND'],
    ],
    ['no role at all', { roles: [] }, ['INVALID_INPUT']],
  ])('refuses %s, and changes nothing', async (_, input, codes) => {
    const people = await crema();
    const userId = stableId('user/customer@crema.test');
    const before = (await people.test.published(UserChanged)).length;
    const answer = await people.setRoles(ADMIN, { userId, ...input });
    expect(answer.user).toBeNull();
    expect(codesOf(answer)).toEqual(codes);
    expect(await people.test.published(UserChanged)).toHaveLength(before);
    expect(await people.test.published(PrivilegedWriteMade)).toEqual([]);
  });

  it('refuses an unknown user', async () => {
    const people = await crema();
    const answer = await people.setRoles(ADMIN, { userId: 'nobody', roles: ['CUSTOMER'] });
    expect(answer.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['userId'] }]);
  });

  it('keeps the cafés when none are named, and drops them with the last role of staff', async () => {
    const people = await crema();
    const set = (roles: string[]) => people.setRoles(ADMIN, { userId: BARISTA.sub, roles });
    expect((await set(['MANAGER'])).user).toMatchObject({
      roles: ['MANAGER'],
      workplaces: [{ id: cafe }],
    });
    expect((await set(['CUSTOMER'])).user).toMatchObject({ roles: ['CUSTOMER'], workplaces: [] });
    expect(codesOf(await set(['BARISTA']))).toEqual(['CAFE_REQUIRED']);
  });

  it('never takes the last admin away, not even when two do it at once', async () => {
    const people = await crema();
    expect(await people.setRoles(ADMIN, { userId: ADMIN.sub, roles: ['CUSTOMER'] })).toEqual({
      user: null,
      userErrors: [{ code: 'LAST_ADMIN', field: ['roles'] }],
    });
    const { user } = await people.signUp();
    await people.setRoles(ADMIN, { userId: user.id, roles: ['ADMIN'] });
    const answers = await Promise.all(
      [ADMIN.sub, user.id].map((userId) => people.setRoles(ADMIN, { userId, roles: ['CUSTOMER'] })),
    );
    expect(answers.flatMap(codesOf)).toEqual(['LAST_ADMIN']);
  });

  it.each([
    ['a visitor', null, 'UNAUTHENTICATED'],
    ['a customer', { sub: stableId('user/customer@crema.test'), roles: ['CUSTOMER'] }, 'FORBIDDEN'],
    ['a barista', BARISTA, 'FORBIDDEN'],
    [
      'who may only read users',
      { sub: 'reader', scope: 'users:read audit:read', workplaces: ['*'] },
      'FORBIDDEN',
    ],
  ])('is refused to %s', async (_, caller, code) => {
    const people = await crema();
    const { errors } = await people.ask(
      caller,
      'mutation ($input: SetRolesInput!) { setRoles(input: $input) { user { id } } }',
      {
        input: { userId: BARISTA.sub, roles: ['ADMIN'] },
      },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code });
    expect(await people.test.published(PrivilegedWriteMade)).toEqual([]);
  });
});
