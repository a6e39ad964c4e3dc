import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/**
 * A row is leased to the server that works on it until an instant, by the database's clock. When that has passed, the
 * server is taken for dead and the row is anybody's again.
 */
export const leasedFor = (seconds: number): SQL => sql`clock_timestamp() + make_interval(secs => ${seconds})`;

/** Whether a lease has ended; null for a row that never had one. An index on the column serves it. */
export const leaseIsOver = (until: AnyColumn | SQL): SQL => sql`${until} <= clock_timestamp()`;

/** Whether a row is nobody's: its lease has ended, or it never had one. */
export const isFree = (until: AnyColumn | SQL): SQL => sql`coalesce(${leaseIsOver(until)}, true)`;
