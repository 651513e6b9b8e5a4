import { ConflictError, isConflict, isUnreachable, uniqueViolation } from '../src/index.ts';

/** As the drivers make them. */
const failed = (message: string, rest: object) => Object.assign(new Error(message), rest);

describe('an error of a database', () => {
  it.each([
    [
      'SQLite',
      failed('SqliteError: UNIQUE constraint failed: users.email', {
        code: 'SQLITE_CONSTRAINT_UNIQUE',
      }),
      'uq_users_email',
    ],
    [
      'SQLite, two columns',
      failed('UNIQUE constraint failed: entries.account_id, entries.version', {
        code: 'SQLITE_CONSTRAINT_UNIQUE',
      }),
      'uq_entries_account_id_version',
    ],
    [
      'MySQL',
      failed("Duplicate entry 'a.b' for key 'users.uq_users_email'", { errno: 1062 }),
      'uq_users_email',
    ],
    [
      'MariaDB',
      failed("Duplicate entry 'it's' for key 'uq_users_email'", { errno: 1062 }),
      'uq_users_email',
    ],
    [
      'PostgreSQL',
      failed('duplicate key', { code: '23505', constraint: 'uq_users_email' }),
      'uq_users_email',
    ],
    [
      'SQLite, key',
      failed('UNIQUE constraint failed: users.id', { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }),
      'primary',
    ],
    [
      'MySQL, key',
      failed("Duplicate entry 'x' for key 'users.PRIMARY'", { errno: 1062 }),
      'primary',
    ],
    [
      'PostgreSQL, key',
      failed('duplicate key', { code: '23505', constraint: 'PK_4cdee2d6' }),
      'primary',
    ],
  ])('tells which unique value was taken: %s', (_, error, name) => {
    expect(uniqueViolation(error)).toBe(name);
  });

  it.each([
    ['a deadlock of MySQL', failed('Deadlock found', { errno: 1213 })],
    ['a lock of MySQL that took too long', failed('Lock wait timeout exceeded', { errno: 1205 })],
    ['a deadlock of PostgreSQL', failed('deadlock detected', { code: '40P01' })],
    ['a serialization failure', failed('could not serialize access', { code: '40001' })],
    ['what code itself has found', new ConflictError('the key was used meanwhile')],
  ])('is a conflict: %s', (_, error) => {
    expect([isConflict(error), isUnreachable(error), uniqueViolation(error)]).toEqual([
      true,
      false,
      null,
    ]);
  });

  it.each([
    ['nobody listens', failed('', { code: 'ECONNREFUSED' })],
    ['MySQL went away', failed('Connection lost', { code: 'PROTOCOL_CONNECTION_LOST' })],
    ['PostgreSQL is told to stop', failed('terminating connection', { code: '57P01' })],
    ['PostgreSQL went away', failed('Connection terminated unexpectedly', {})],
    ['too many are connected', failed('too many clients', { code: '53300' })],
  ])('tells that a server cannot be reached: %s', (_, error) => {
    expect([isUnreachable(error), isConflict(error)]).toEqual([true, false]);
  });

  it.each([null, undefined, 'text', new Error('another')])('may be anything else: %s', (error) => {
    expect([uniqueViolation(error), isConflict(error), isUnreachable(error)]).toEqual([
      null,
      false,
      false,
    ]);
  });
});
