import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** Bytes. Both drivers answer a Uint8Array (postgres.js its subclass Buffer). */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** An id given out by the database: positive, never used again. */
export const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

/** A point in time, kept with its zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/**
 * Words to search by, each of letters and digits only (`lib/server/lists/words.ts` makes them): kept as a tsvector without
 * PostgreSQL's own parser, whose idea of a word depends on the database's locale.
 */
export const words = customType<{ data: readonly string[]; driverData: string }>({
  dataType: () => 'tsvector',
  toDriver: (value) => value.map((word) => `'${word}'`).join(' '),
});
