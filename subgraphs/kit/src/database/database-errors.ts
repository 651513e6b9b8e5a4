/** What the three drivers tell of a failed statement; TypeORM copies it to its own error. */
interface DriverError {
  readonly code?: string;
  readonly errno?: number;
  readonly constraint?: string;
  readonly message?: string;
  readonly name?: string;
}

const asDriverError = (error: unknown): DriverError =>
  typeof error === 'object' && error !== null ? error : {};

/**
 * The name of the unique index that a statement would have violated, `uq_<table>_<columns>` as `createTable`
 * names it, or `primary` for a primary key; null for every other error.
 */
export function uniqueViolation(error: unknown): string | null {
  const { code, errno, constraint = '', message = '' } = asDriverError(error);
  if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return 'primary';
  if (code === 'SQLITE_CONSTRAINT_UNIQUE') {
    // "UNIQUE constraint failed: users.tenant, users.email"
    const columns = message.slice(message.lastIndexOf(': ') + 2).split(', ');
    const table = columns[0]!.split('.')[0]!;
    return uniqueName(
      table,
      columns.map((column) => column.slice(table.length + 1)),
    );
  }
  // PostgreSQL: unique_violation
  if (code === '23505') return constraint.startsWith('uq_') ? constraint : 'primary';
  // MySQL: "Duplicate entry 'x' for key 'users.uq_users_email'"; MariaDB leaves the table out.
  if (errno === 1062) return /'(?:[^'.]*\.)?(uq_[^']*)'$/.exec(message)?.[1] ?? 'primary';
  return null;
}

/** What a unique index is called. PostgreSQL takes 63 characters, MySQL 64. */
export const uniqueName = (table: string, columns: readonly string[]): string =>
  `uq_${table}_${columns.join('_')}`.slice(0, 60);

/** Thrown in a transaction that finds that another one was first, to have it done again. */
export class ConflictError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConflictError';
  }
}

/** MySQL: lock wait timeout, deadlock, row changed since the snapshot (MariaDB). */
const MYSQL_CONFLICTS: ReadonlySet<number | undefined> = new Set([1205, 1213, 1020]);
/** PostgreSQL: serialization_failure, deadlock_detected, lock_not_available. */
const POSTGRES_CONFLICTS: ReadonlySet<string | undefined> = new Set(['40001', '40P01', '55P03']);

/** Whether a transaction was undone for the sake of another one, and will do when it is tried again. */
export function isConflict(error: unknown): boolean {
  if (error instanceof ConflictError) return true;
  const { code, errno } = asDriverError(error);
  return MYSQL_CONFLICTS.has(errno) || POSTGRES_CONFLICTS.has(code);
}

const UNREACHABLE: ReadonlySet<string | undefined> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'POOL_CLOSED',
  // PostgreSQL: too many connections, shut down, crashed, starting up.
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);
/** MySQL: too many connections, shutting down, killed by the administrator (MariaDB, MySQL), client idle for too long. */
const MYSQL_UNREACHABLE: ReadonlySet<number | undefined> = new Set([1040, 1053, 1927, 3169, 4031]);

/** Whether the server was away, so that nothing is wrong with what was asked of it. */
export function isUnreachable(error: unknown): boolean {
  const { code, errno, message = '', name = '' } = asDriverError(error);
  // TypeORM lets a connection go as soon as it hears of its end; MongoDB's driver has errors of these names.
  if (/AlreadyReleasedError$|^Mongo(oose)?(Network|ServerSelection)/.test(name)) return true;
  // Kafka's client has tried already; what the broker itself refuses is a protocol error.
  if (/^KafkaJS(?!ProtocolError)/.test(name)) return true;
  if (UNREACHABLE.has(code) || MYSQL_UNREACHABLE.has(errno) || code?.startsWith('08')) return true;
  // node-postgres and mysql2 tell of these without a code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Can't add new command when connection is in closed state)/.test(
    message.replace(/^Error: /, ''),
  );
}
