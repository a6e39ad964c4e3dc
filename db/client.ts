import type { ExtractTablesWithRelations, Logger, SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { connectionUrl } from './connectionUrl';
import { DatabaseError } from './errors';
import { migrateDatabase, migratePglite } from './migrate';
import * as schema from './schema';

/** The oldest PostgreSQL that works: `server_version_num` of 13.0. */
const OLDEST_SERVER = 130_000;

/**
 * The database, whichever driver is underneath, or a transaction of it. Inside a transaction use only the
 * transaction: PGlite has one connection, and a query beside the transaction would wait for ever.
 */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/** An open database. */
export interface Connection {
  db: Database;
  kind: 'pglite' | 'postgres';
  /**
   * Runs `work` while nothing reads or writes the files of PGlite, and everything acknowledged is in them: a copy made
   * meanwhile is as good as the database. Null for a PostgreSQL server, whose files are its own.
   */
  whileStill: (<T>(work: () => Promise<T>) => Promise<T>) | null;
  /** Ends what runs, then closes. */
  close(): Promise<void>;
}

export type ConnectionOptions = (
  | { /** postgres:// URL. */ url: string /** Connections at most, 2 at least; default 10. */; poolSize?: number }
  | { /** Where PGlite keeps its files; made if missing. Undefined: in memory. */ directory: string | undefined }
) & {
  /** Told each query of drizzle's before it runs, with its parameters as the driver gets them. */
  onQuery?: (query: string, params: unknown[]) => void;
  /** Whether to bring the tables up to date. Default true; false is for looking only. */
  migrate?: boolean;
};

/** Opens a database and, unless told not to, brings its tables up to date. Throws DatabaseError, or what the driver throws. */
export function connect(options: ConnectionOptions): Promise<Connection> {
  const { migrate = true } = options;
  const config = { migrate, schema, ...(options.onQuery && { logger: { logQuery: options.onQuery } }) };
  return 'url' in options
    ? connectPostgres(options.url, options.poolSize ?? 10, config)
    : connectPglite(options.directory, config);
}

type DrizzleOptions = { migrate: boolean; schema: typeof schema; logger?: Logger };

async function connectPostgres(url: string, poolSize: number, config: DrizzleOptions): Promise<Connection> {
  const client = postgres(connectionUrl(url), {
    max: poolSize,
    // A pooler that hands out connections by transaction (PgBouncer, Neon, Supabase) may have prepared a statement on another one.
    prepare: false,
    connect_timeout: 10,
    // Give idle connections back, and none a life so long that a failover leaves it on the old server.
    idle_timeout: 60,
    max_lifetime: 30 * 60,
    onnotice: () => {},
    connection: { application_name: 'kith' },
  });
  try {
    const [server] = await client<[{ number: string; name: string }]>`
      select current_setting('server_version_num') as number, current_setting('server_version') as name`;
    if (Number(server.number) < OLDEST_SERVER) {
      throw new DatabaseError(`DATABASE_URL is a PostgreSQL ${server.name}; Kith needs 13 or newer`);
    }
    const db = drizzlePostgres(client, config);
    if (config.migrate) await migrateDatabase(client, db);
    return { db, kind: 'postgres', whileStill: null, close: () => client.end({ timeout: 5 }) };
  } catch (error) {
    await client.end({ timeout: 1 });
    throw error;
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
    const db = drizzlePglite(client, config);
    if (config.migrate) await migratePglite(db);
    const whileStill = async <T>(work: () => Promise<T>): Promise<T> => {
      // Not needed for the copy to be right, which then has nothing to recover.
      await client.exec('checkpoint');
      return client.runExclusive(work);
    };
    return { db, kind: 'pglite', whileStill, close: () => client.close() };
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
