import { closeTestSubgraphs, createTestSubgraph, FakeClock } from '../src/testing/index.ts';
import {
  housekeeping,
  once,
  refused,
  type Database,
  type RelationalDefinition,
} from '../src/index.ts';
import { buildSchema } from 'graphql';

const empty: RelationalDefinition<object> = {
  name: 'empty',
  storage: 'relational',
  entities: [],
  migrations: [],
  readConfig: () => ({}),
  create: async () => ({
    name: 'empty',
    schema: buildSchema('type Query { nothing: Int }'),
    consumers: [],
    jobs: [],
    close: async () => undefined,
  }),
};

afterEach(closeTestSubgraphs);

describe('an idempotency key', () => {
  let database: Database;
  let done: number;

  beforeEach(async () => {
    const test = await createTestSubgraph(empty);
    database = test.running.database!;
    done = 0;
  });

  const run = (key: string, input: unknown, owner = 'ada', work = async () => ({ id: ++done })) =>
    database.transaction((tx) =>
      once(tx, { owner, operation: 'work', key, input, now: new Date('2026-03-02') }, work),
    );

  it('does its work once and answers the same ever after', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => run('k', { a: 1, b: [2] })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(done).toBe(1);
  });

  it('knows an equal input by its meaning, not by the order of its fields', async () => {
    await run('k', { a: 1, b: { c: 2, d: undefined } });
    await run('k', { b: { c: 2 }, a: 1 });
    expect(done).toBe(1);
  });

  it('is refused for another input', async () => {
    await run('k', { a: 1 });
    await expect(run('k', { a: 2 })).rejects.toMatchObject({
      problems: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
    });
  });

  it('belongs to its owner', async () => {
    await run('k', { a: 1 });
    await run('k', { a: 2 }, 'grace');
    expect(done).toBe(2);
  });

  it('is free again when the work was refused', async () => {
    const refusing = async (): Promise<{ id: number }> => {
      throw refused('NO', 'Not now.');
    };
    await expect(run('k', 1, 'ada', refusing)).rejects.toMatchObject({
      problems: [{ code: 'NO' }],
    });
    await run('k', 2);
    expect(done).toBe(1);
  });

  it('is forgotten after a week, not before', async () => {
    await run('k', 1);
    await housekeeping(database, new FakeClock('2026-03-08')).run();
    await run('k', 1);
    expect(done).toBe(1);
    await housekeeping(database, new FakeClock('2026-03-10')).run();
    await run('k', 1);
    expect(done).toBe(2);
  });

  it.each(['', ' ', 'x'.repeat(201)])('must be something', async (key) => {
    await expect(run(key, 1)).rejects.toMatchObject({ problems: [{ field: ['idempotencyKey'] }] });
  });
});
