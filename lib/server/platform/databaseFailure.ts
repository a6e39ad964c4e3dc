import { DATABASE_AWAY, isDatabaseAway, isDatabaseBusy } from '@/db/errors';
import { KithError } from '@/lib/shared/contract/errors';

/** Seconds after which a retry makes sense. A database that restarts is back after a few; a busy one sooner. */
const AWAY_RETRY_S = 5;
const BUSY_RETRY_S = 1;

/**
 * Returns the error for a caller whose query failed because the database is unreachable (DATABASE_AWAY) or busy
 * (OVERLOADED). Returns any other error unchanged.
 */
export function databaseFailure(error: unknown): unknown {
  // An error for the caller can have a failed query as its cause.
  if (error instanceof KithError) return error;
  if (isDatabaseAway(error)) {
    return new KithError('DATABASE_AWAY', 'The database cannot be reached. Try again shortly.', {
      cause: error,
      retryAfterSeconds: AWAY_RETRY_S,
    });
  }
  if (isDatabaseBusy(error)) {
    return new KithError('OVERLOADED', 'The database is busy with other changes. Try again shortly.', {
      cause: error,
      retryAfterSeconds: BUSY_RETRY_S,
    });
  }
  return error;
}

/**
 * Returns the failed query behind an error of {@link databaseFailure}. Returns undefined if there is none, or if the
 * log got the reason when the database became unreachable.
 */
export function failedQueryOf(failure: unknown): unknown {
  if (!(failure instanceof KithError) || (failure.code !== 'DATABASE_AWAY' && failure.code !== 'OVERLOADED')) return;
  const { cause } = failure;
  return cause instanceof Error && 'code' in cause && cause.code === DATABASE_AWAY ? undefined : cause;
}
