import type { Logger } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { ADMIN, createTestAccounts, OTHER_PASSWORD, PASSWORD } from './support.ts';

afterEach(closeTestSubgraphs);

function recordingLogger(lines: string[]): Logger {
  const write = (fields: object, message: string) => {
    lines.push(
      JSON.stringify(fields, (_, value: unknown) =>
        value instanceof Error ? [value.message, value.stack, { ...value }] : value,
      ) + message,
    );
  };
  const logger: Logger = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: () => logger,
  };
  return logger;
}

describe('logs and events', () => {
  it('hold no password, token or code, and logs no address', async () => {
    const lines: string[] = [];
    const people = await createTestAccounts({ log: recordingLogger(lines) });
    const email = 'ida@example.test';
    const phone = '+12125550199';
    const answers = [await people.signUp({ phone }), await people.signIn()];
    await people.signUp();
    await people.signIn({ password: OTHER_PASSWORD });
    answers.push(await people.refresh(answers[0]!.refreshToken));
    await people.refresh(answers[0]!.refreshToken);
    await people.signIn({}, 'adminSignIn');
    await people.requestReset(email);
    const codes = await people.codes();
    await people.reset(email, codes[0]!);
    await people.setRoles(ADMIN, { userId: answers[0]!.user.id, roles: ['ADMIN'] });
    await people.signIn({ password: OTHER_PASSWORD }, 'adminSignIn');
    people.test.clock.advance(40 * 24 * 3_600_000);
    for (const { name } of people.accounts.jobs) await people.runJob(name);
    await people.test.settle();

    const secrets = [
      PASSWORD,
      OTHER_PASSWORD,
      ...codes,
      ...answers.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
    ];
    const logged = lines.join('\n');
    for (const secret of [...secrets, email, phone]) expect(logged).not.toContain(secret);

    const facts: string[] = [];
    await people.test.events.consume(
      'reader',
      ['accounts.users', 'audit.entries'],
      async (events) => {
        facts.push(...events.map(({ data }) => JSON.stringify(data)));
      },
    );
    await people.test.events.idle();
    expect(facts.length).toBeGreaterThan(5);
    for (const secret of secrets) expect(facts.join('\n')).not.toContain(secret);
  });
});
