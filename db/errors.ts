/** Classes of SQLSTATE begin with a digit, or with F0, HV, P0 or XX; codes of the system such as EPIPE do not. */
const SQLSTATE = /^(\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** Whether a code is one of the database's own, not of the driver or the system. */
export const isSqlState = (code: unknown): code is string => typeof code === 'string' && SQLSTATE.test(code);

/** The SQLSTATE of a failed query, whichever driver failed it and however it was wrapped; null for other errors. */
export function sqlState(error: unknown): string | null {
  for (let depth = 0; error instanceof Error && depth < 8; depth++, error = error.cause) {
    if ('code' in error && isSqlState(error.code)) return error.code;
  }
  return null;
}

/** unique_violation: someone has it already. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';

/** foreign_key_violation: what it points to is not there. */
export const isForeignKeyViolation = (error: unknown): boolean => sqlState(error) === '23503';

/**
 * Text that PostgreSQL cannot keep, though JavaScript can: NUL in text (22021), NUL in jsonb (22P05), half of a
 * surrogate pair in jsonb (22P02 or 22P05).
 */
export const isUnstorableText = (error: unknown): boolean =>
  ['22021', '22P05', '22P02'].includes(sqlState(error) ?? '');
