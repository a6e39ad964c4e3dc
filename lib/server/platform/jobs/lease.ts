import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/**
 * A row is leased to a server until an instant, by the database's clock. After that the server counts as dead, and any
 * server may take the row.
 */
export const leasedFor = (seconds: number): SQL => sql`clock_timestamp() + make_interval(secs => ${seconds})`;

/** Condition: a lease has expired; null for a row that never had one. An index on the column serves it. */
export const leaseIsOver = (until: AnyColumn | SQL): SQL => sql`${until} <= clock_timestamp()`;

/** Condition: the row has no lease, or an expired one. */
export const isFree = (until: AnyColumn | SQL): SQL => sql`coalesce(${leaseIsOver(until)}, true)`;
