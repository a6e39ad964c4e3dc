import { PgPreparedQuery } from 'drizzle-orm/pg-core';
import type { Database } from './Database';
import { isDriverError, toQueryError } from './QueryError';

/** The class in which drizzle makes the error of a failed query. Its declarations do not export it. */
interface Prepared {
  queryWithCache(query: string, params: unknown[], run: () => Promise<unknown>): Promise<unknown>;
}

const QUIET = Symbol.for('kith.quietQueries');

/**
 * Makes every failed query of drizzle a {@link QueryError}, on both drivers and in transactions. Drizzle's own error
 * has all parameters in its message, and drizzle has no setting for it. Each statement goes through this one method.
 */
export function quietQueries(): void {
  const prototype = PgPreparedQuery.prototype as unknown as Prepared & { [QUIET]?: true };
  if (prototype[QUIET]) return;
  prototype[QUIET] = true;
  const loud = prototype.queryWithCache;
  if (typeof loud !== 'function') throw new Error('drizzle has changed: failed queries would show their parameters');
  prototype.queryWithCache = async function (this: Prepared, query, params, run) {
    try {
      return await loud.call(this, query, params, run);
    } catch (error) {
      throw toQueryError(error, query);
    }
  };
}

/**
 * Does the same for failures around the queries of a transaction: at its start, at its end (deferred constraints), or
 * in the driver's record of an earlier failure. Changes the given database and returns it.
 */
export function quietTransactions<D extends Database>(db: D): D {
  const loud = db.transaction.bind(db) as Database['transaction'];
  db.transaction = async (work, config) => {
    try {
      return await loud(work, config);
    } catch (error) {
      throw isDriverError(error) ? toQueryError(error) : error;
    }
  };
  return db;
}
