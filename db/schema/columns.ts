import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** Bytes. Both drivers return a Uint8Array (postgres.js its subclass Buffer). */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** An id that the database assigns: positive, never reused. */
export const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

/** A point in time, with its time zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/**
 * Search words of letters and digits only, made by `lib/server/lists/words.ts`. Stored as a tsvector without
 * PostgreSQL's own parser, whose definition of a word depends on the database's locale.
 */
export const words = customType<{ data: readonly string[]; driverData: string }>({
  dataType: () => 'tsvector',
  toDriver: (value) => value.map((word) => `'${word}'`).join(' '),
});
