import type { Database } from './Database';

/** How to open a database once more, without limits. */
type Open = () => { db: Database; close(): Promise<void> };

const openers = new WeakMap<Database, Open>();

/** Makes {@link withoutLimits} possible for a database. */
export function canOpenUnlimited(db: Database, open: Open): void {
  openers.set(db, open);
}

/**
 * Does what may take minutes, such as building an index, on a connection of its own that has no `statement_timeout` and no
 * `lock_timeout`. The embedded database has neither: there, and in a transaction, `work` gets `db` itself.
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
