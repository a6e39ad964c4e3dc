import { type Logger, type SQL, sql } from 'drizzle-orm';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { connectionUrl } from './connectionUrl';
import type { Database } from './Database';
import { DatabaseError, sqlState } from './errors';
import { migrateDatabase, migratePglite } from './migrate';
import { type QueryError, toQueryError } from './QueryError';
import { quietQueries, quietTransactions } from './quietQueries';
import * as schema from './schema';
import { canOpenUnlimited } from './unlimited';
import { WatchedClient } from './WatchedClient';

export type { Database } from './Database';

/** The oldest supported PostgreSQL: `server_version_num` of 13.0. */
const OLDEST_SERVER = 130_000;

/** An open database. */
export interface Connection {
  db: Database;
  kind: 'pglite' | 'postgres';
  /**
   * Runs `work` while PGlite's files are complete and are not read or written, so that they can be copied. Null for a
   * PostgreSQL server, whose files are not accessible.
   */
  whileStill: (<T>(work: () => Promise<T>) => Promise<T>) | null;
  /** Sends a query. Throws if the database does not respond. The caller limits the time. */
  answers(): Promise<void>;
  /** Ends running queries, then closes. */
  close(): Promise<void>;
}

export type ConnectionOptions = (
  | { /** postgres:// URL. */ url: string /** Connections at most, 2 at least; default 10. */; poolSize?: number }
  | { /** Where PGlite keeps its files; made if missing. Undefined: in memory. */ directory: string | undefined }
) & {
  /** Called with each query of drizzle before it runs, with its parameters as the driver gets them. */
  onQuery?: (query: string, params: unknown[]) => void;
  /** Called with the reason when a PostgreSQL server becomes unreachable, and with null when it is reachable again. */
  onAway?: (why: QueryError | null) => void;
  /** Whether to migrate the tables. Default true. Use false only for reading. */
  migrate?: boolean;
};

/**
 * Opens a database and migrates its tables, unless `migrate` is false. Throws DatabaseError, or the driver's error. Its
 * queries throw `QueryError`, which contains no values.
 */
export function connect(options: ConnectionOptions): Promise<Connection> {
  const { migrate = true } = options;
  quietQueries();
  const { onQuery, onAway } = options;
  const config = { migrate, schema, ...(onQuery && { logger: { logQuery: onQuery } }), ...(onAway && { onAway }) };
  return 'url' in options
    ? connectPostgres(options.url, options.poolSize ?? 10, config)
    : connectPglite(options.directory, config);
}

type DrizzleOptions = {
  migrate: boolean;
  schema: typeof schema;
  logger?: Logger;
  onAway?: NonNullable<ConnectionOptions['onAway']>;
};

/**
 * Time limits that the server enforces, ms: for a statement, for waiting for a lock, and for a transaction whose
 * process does nothing. No query of Kith takes as long, except in {@link withoutLimits}.
 */
const LIMITS = {
  statement_timeout: 30_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** SQLSTATE protocol_violation: PgBouncer's error for settings that it does not accept from a connection. */
const REFUSED_SETTINGS = '08P01';

/** Time limit for opening a connection, s. Waiting callers get an error earlier. */
const CONNECT_TIMEOUT_S = 10;

async function connectPostgres(
  url: string,
  poolSize: number,
  { onAway = () => {}, ...config }: DrizzleOptions,
): Promise<Connection> {
  const open = (given: postgres.Options<Record<string, never>>) =>
    postgres(connectionUrl(url), {
      // A pooler in transaction mode (PgBouncer, Neon, Supabase) may have prepared a statement on another connection.
      prepare: false,
      connect_timeout: CONNECT_TIMEOUT_S,
      // The driver's default waits up to 20 s between attempts, even if the server is back.
      backoff: (retries) => Math.min(0.05 * 2 ** retries, 1),
      // Seconds without data after which the system checks whether the other side is there.
      keep_alive: 15,
      // Closes idle connections, and limits their lifetime, so that a failover leaves none on the old server.
      idle_timeout: 60,
      max_lifetime: 30 * 60,
      onnotice: () => {},
      ...given,
      connection: { application_name: 'kith', ...given.connection },
    });
  const setup = open({ max: 2 });
  try {
    const [server] = await setup<[{ number: string; name: string }]>`
      select current_setting('server_version_num') as number, current_setting('server_version') as name`;
    if (Number(server.number) < OLDEST_SERVER) {
      throw new DatabaseError(`DATABASE_URL is a PostgreSQL ${server.name}; Kith needs 13 or newer`);
    }
    if (config.migrate) await migrateDatabase(setup, drizzlePostgres(setup, config));
    const connection = (await takesLimits(open)) ? LIMITS : {};
    const watched = new WatchedClient({
      open: () => {
        const pool = open({ max: poolSize, connection });
        // Makes the pool convert some types as drizzle expects.
        drizzlePostgres(pool);
        return pool;
      },
      openProbe: () => open({ max: 1, fetch_types: false }),
      onAway,
    });
    const db = quietTransactions(drizzlePostgres(watched.sql, config));
    canOpenUnlimited(db, () => {
      const alone = open({ max: 1 });
      return { db: quietTransactions(drizzlePostgres(alone, config)), close: () => alone.end({ timeout: 5 }) };
    });
    return {
      db,
      kind: 'postgres',
      whileStill: null,
      answers: async () => void (await db.execute(sql`select 1`)),
      close: () => watched.close(),
    };
  } catch (error) {
    throw error instanceof DatabaseError ? error : toQueryError(error);
  } finally {
    await setup.end({ timeout: 1 });
  }
}

/**
 * Returns whether the server accepts {@link LIMITS} from a connection. A pooler that shares its connections may not.
 */
async function takesLimits(open: (given: postgres.Options<Record<string, never>>) => postgres.Sql): Promise<boolean> {
  const trial = open({ max: 1, fetch_types: false, connection: LIMITS });
  try {
    await trial`select 1`;
    return true;
  } catch (error) {
    if (sqlState(error) === REFUSED_SETTINGS) return false;
    throw error;
  } finally {
    await trial.end({ timeout: 1 });
  }
}

async function connectPglite(directory: string | undefined, config: DrizzleOptions): Promise<Connection> {
  // Loaded only when needed. A server with DATABASE_URL never needs it.
  const [{ openPglite }, { drizzle: drizzlePglite }] = await Promise.all([
    import('./openPglite'),
    import('drizzle-orm/pglite'),
  ]);
  const client = await openPglite(directory);
  try {
    const db = quietTransactions(drizzlePglite(client, config));
    if (config.migrate) await migratePglite(db);
    let still = 0;
    const whileStill = async <T>(work: () => Promise<T>): Promise<T> => {
      still++;
      try {
        // The copy is valid without it. With it, the copy needs no recovery.
        await client.exec('checkpoint');
        return await client.runExclusive(work);
      } finally {
        still--;
      }
    };
    // A copy in progress is not a failure, however long it takes.
    const answers = async () => void (still === 0 && (await client.query('select 1')));
    return { db, kind: 'pglite', whileStill, answers, close: () => client.close() };
  } catch (error) {
    // A database that broke down cannot be closed either. The first error says why.
    await client.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Returns the rows of a hand-written query. `Row` has the types that both drivers return (see `db/client.db.test.ts`).
 */
export async function queryRows<Row extends Record<string, unknown>>(db: Database, query: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(query);
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[];
}
