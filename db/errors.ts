/** Classes of SQLSTATE start with a digit, or with F0, HV, P0 or XX. Codes of the system, such as EPIPE, do not. */
const SQLSTATE = /^(\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** Returns whether a code is a SQLSTATE, not a code of the driver or the system. */
export const isSqlState = (code: unknown): code is string => typeof code === 'string' && SQLSTATE.test(code);

/**
 * Returns the SQLSTATE of a failed query, whichever driver it is from and however it was wrapped; null for other
 * errors.
 */
export function sqlState(error: unknown): string | null {
  for (let depth = 0; error instanceof Error && depth < 8; depth++, error = error.cause) {
    if ('code' in error && isSqlState(error.code)) return error.code;
  }
  return null;
}

/** data_corrupted, index_corrupted, and missing or unreadable files (io_error, undefined_file). */
export const isDamage = (error: unknown): boolean =>
  ['XX001', 'XX002', '58030', '58P01'].includes(sqlState(error) ?? '');

/** Returns the message of the innermost cause: the database's own, without the query that drizzle adds. */
export function innermostMessage(error: unknown): string {
  let message = '';
  for (let at = error, depth = 0; at instanceof Error && depth < 8; depth++, at = at.cause) message = at.message;
  return message;
}

/** unique_violation: the value already exists. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';

/** foreign_key_violation: the referenced row does not exist. */
export const isForeignKeyViolation = (error: unknown): boolean => sqlState(error) === '23503';

/**
 * Text that JavaScript allows but PostgreSQL cannot store: NUL in text (22021), NUL in jsonb (22P05), half of a
 * surrogate pair in jsonb (22P02 or 22P05).
 */
export const isUnstorableText = (error: unknown): boolean =>
  ['22021', '22P05', '22P02'].includes(sqlState(error) ?? '');

/** The code of a query that failed because the database is known to be unreachable. */
export const DATABASE_AWAY = 'DATABASE_AWAY';

/** Codes of the system and of postgres.js for an unreachable server or a lost connection. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  DATABASE_AWAY,
]);

/**
 * SQLSTATEs of a server that accepts no queries: class 08 (connection exception), 28 (no longer lets us in), 57P01 to
 * 57P03 (stopping, crashed, starting), 53300 (too many connections), 3D000 (the database does not exist), 25006 (a
 * read-only standby).
 */
const TAKES_NO_QUERY = /^(08...|28...|57P0[123]|53300|3D000|25006)$/;

/** lock_not_available (lock_timeout), query_canceled (statement_timeout), deadlock_detected, serialization_failure. */
const TRY_AGAIN = new Set(['55P03', '57014', '40P01', '40001']);

/** Whether a query failed because the database cannot be reached. It is unknown whether a commit was done. */
export const isDatabaseAway = (error: unknown): boolean =>
  isQueryErrorWith(error, (code) => UNREACHABLE.has(code) || TAKES_NO_QUERY.test(code));

/** Whether a query waited too long for others. It changed nothing. */
export const isDatabaseBusy = (error: unknown): boolean => isQueryErrorWith(error, (code) => TRY_AGAIN.has(code));

/** By name, because bundles have copies of the class. Pictures and webhooks fail with the same codes of the system. */
function isQueryErrorWith(error: unknown, fits: (code: string) => boolean): boolean {
  for (let depth = 0; error instanceof Error && depth < 8; depth++, error = error.cause) {
    if (error.name === 'QueryError') return 'code' in error && typeof error.code === 'string' && fits(error.code);
  }
  return false;
}

/** The database cannot be used in its current state. The message says what to do. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
}

/** The files of the embedded database are damaged. The message says where and how. */
export class DatabaseDamagedError extends DatabaseError {
  override readonly name = 'DatabaseDamagedError';

  constructor(
    directory: string,
    /** A short description of the damage. */
    readonly damage: string,
    options?: ErrorOptions,
  ) {
    super(`The embedded database in ${directory} is damaged: ${damage}.`, options);
  }
}

/** The database was migrated by a newer version of Kith. */
export class NewerDatabaseError extends DatabaseError {
  override readonly name = 'NewerDatabaseError';

  constructor() {
    super(
      'The database was migrated by a newer version of Kith. Start that version, or restore a backup that this version made.',
    );
  }
}
