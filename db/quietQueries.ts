import { PgPreparedQuery } from 'drizzle-orm/pg-core';
import type { Database } from './Database';
import { isDriverError, toQueryError } from './QueryError';

/** Where drizzle makes an error of a failed query; its declarations keep it to themselves. */
interface Prepared {
  queryWithCache(query: string, params: unknown[], run: () => Promise<unknown>): Promise<unknown>;
}

const QUIET = Symbol.for('kith.quietQueries');

/**
 * Makes every failed query of drizzle's a {@link QueryError}, on both drivers and in transactions. Drizzle's own error
 * has all parameters in its message, and drizzle has no setting for it: each statement goes through this one method.
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
 * The same for what fails around the queries of a transaction: at its beginning, at its end (a constraint that is
 * checked there), or in the driver's memory of an earlier failure. Changes the database given, and returns it.
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
