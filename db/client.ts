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

/** The oldest PostgreSQL that works: `server_version_num` of 13.0. */
const OLDEST_SERVER = 130_000;

/** An open database. */
export interface Connection {
  db: Database;
  kind: 'pglite' | 'postgres';
  /**
   * Runs `work` while nothing reads or writes the files of PGlite, and everything acknowledged is in them: a copy made
   * meanwhile is as good as the database. Null for a PostgreSQL server, whose files are its own.
   */
  whileStill: (<T>(work: () => Promise<T>) => Promise<T>) | null;
  /** Asks it something. Throws when it cannot answer; bounding the time is the caller's. */
  answers(): Promise<void>;
  /** Ends what runs, then closes. */
  close(): Promise<void>;
}

export type ConnectionOptions = (
  | { /** postgres:// URL. */ url: string /** Connections at most, 2 at least; default 10. */; poolSize?: number }
  | { /** Where PGlite keeps its files; made if missing. Undefined: in memory. */ directory: string | undefined }
) & {
  /** Told each query of drizzle's before it runs, with its parameters as the driver gets them. */
  onQuery?: (query: string, params: unknown[]) => void;
  /** Told when a PostgreSQL server cannot be reached, with why, and with null when it can again. */
  onAway?: (why: QueryError | null) => void;
  /** Whether to bring the tables up to date. Default true; false is for looking only. */
  migrate?: boolean;
};

/**
 * Opens a database and, unless told not to, brings its tables up to date. Throws DatabaseError, or what the driver
 * throws. What its queries throw is a `QueryError`, which carries no values.
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
 * What the server itself ends, ms: a statement that runs for too long, one that waits too long for what another one holds,
 * and a transaction whose process stands still. None of Kith's takes as long, except for what {@link withoutLimits} is for.
 */
const LIMITS = {
  statement_timeout: 30_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** SQLSTATE protocol_violation: how PgBouncer refuses settings that a connection asks for. */
const REFUSED_SETTINGS = '08P01';

/** Without an answer for so long a connection is given up while it is made, s. Who waits for it is told before. */
const CONNECT_TIMEOUT_S = 10;

async function connectPostgres(
  url: string,
  poolSize: number,
  { onAway = () => {}, ...config }: DrizzleOptions,
): Promise<Connection> {
  const open = (given: postgres.Options<Record<string, never>>) =>
    postgres(connectionUrl(url), {
      // A pooler that hands out connections by transaction (PgBouncer, Neon, Supabase) may have prepared a statement on another one.
      prepare: false,
      connect_timeout: CONNECT_TIMEOUT_S,
      // The driver's own waits up to 20 s before it tries again, and so a server that is back would be waited for.
      backoff: (retries) => Math.min(0.05 * 2 ** retries, 1),
      // Seconds of silence after which the system asks whether the other side is there.
      keep_alive: 15,
      // Give idle connections back, and none a life so long that a failover leaves it on the old server.
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
        // How drizzle wants values of some types is kept by the pool: this is what sets it.
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

/** Whether the server takes {@link LIMITS} from a connection: a pooler that lends its own connections may not. */
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
  // Loaded only where it is used: a server with DATABASE_URL never needs it.
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
        // Not needed for the copy to be right, which then has nothing to recover.
        await client.exec('checkpoint');
        return await client.runExclusive(work);
      } finally {
        still--;
      }
    };
    // A copy in progress is no failure, however long it takes.
    const answers = async () => void (still === 0 && (await client.query('select 1')));
    return { db, kind: 'pglite', whileStill, answers, close: () => client.close() };
  } catch (error) {
    // One that broke down does not close either, and the first error says why.
    await client.close().catch(() => undefined);
    throw error;
  }
}

/** The rows of a hand-written query; `Row` has the types both drivers answer (see `db/client.db.test.ts`). */
export async function queryRows<Row extends Record<string, unknown>>(db: Database, query: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(query);
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[];
}
