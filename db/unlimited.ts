import type { Database } from './Database';

/** Opens a database once more, without limits. */
type Open = () => { db: Database; close(): Promise<void> };

const openers = new WeakMap<Database, Open>();

/** Enables {@link withoutLimits} for a database. */
export function canOpenUnlimited(db: Database, open: Open): void {
  openers.set(db, open);
}

/**
 * Runs work that may take minutes, such as building an index, on its own connection without `statement_timeout` and
 * `lock_timeout`. The embedded database has neither, so `work` gets `db` itself there. The same applies in a
 * transaction.
 */
export async function withoutLimits<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  const open = openers.get(db);
  if (open === undefined) return work(db);
  const unlimited = open();
  try {
    return await work(unlimited.db);
  } finally {
    await unlimited.close();
  }
}
