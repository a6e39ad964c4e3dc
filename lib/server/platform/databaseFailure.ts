import { DATABASE_AWAY, isDatabaseAway, isDatabaseBusy } from '@/db/errors';
import { KithError } from '@/lib/shared/contract/errors';

/** When asking again makes sense, s. A database that restarts is back after a few; one that is busy sooner. */
const AWAY_RETRY_S = 5;
const BUSY_RETRY_S = 1;

/**
 * What a caller is told of a query that failed because the database is away (DATABASE_AWAY) or busy (OVERLOADED); any other
 * error as it is.
 */
export function databaseFailure(error: unknown): unknown {
  // An error for the caller may have a query that failed for its cause.
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
 * The failed query behind what a caller was told by {@link databaseFailure}: undefined where there is none, or where the log
 * has had the reason when the database went.
 */
export function failedQueryOf(failure: unknown): unknown {
  if (!(failure instanceof KithError) || (failure.code !== 'DATABASE_AWAY' && failure.code !== 'OVERLOADED')) return;
  const { cause } = failure;
  return cause instanceof Error && 'code' in cause && cause.code === DATABASE_AWAY ? undefined : cause;
}
