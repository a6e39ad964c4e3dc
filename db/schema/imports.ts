import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant } from './columns';
import type { StoredPosition } from './samples';
import { users } from './users';

export const importStatus = pgEnum('import_status', ['running', 'paused', 'cancelled', 'done']);

/** Enrolment of many pictures in the background. The remaining work is in its rows, so that a restart loses nothing. */
export const imports = pgTable('imports', {
  id: id(),
  name: text('name').notNull(),
  status: importStatus('status').notNull().default('running'),
  createdBy: bigint('created_by', { mode: 'number' }).references(() => users.id, { onDelete: 'set null' }),
  createdAt: instant('created_at').notNull().defaultNow(),
  finishedAt: instant('finished_at'),
  /** Working time in milliseconds, without pauses and downtime. The rate is computed from it. */
  workedMs: bigint('worked_ms', { mode: 'number' }).notNull().default(0),
  /** End of the time that `workedMs` includes. If several servers work, one of them counts each moment. */
  workedAt: instant('worked_at'),
});

export type Import = typeof imports.$inferSelect;

/** A caller's decision about a row. */
export interface RowChoice {
  /** Selects one of several faces. */
  position?: StoredPosition;
  /** Enrols the face even if it does not look like the person's other samples. */
  keepDifferent?: boolean;
}

export const importRowStatus = pgEnum('import_row_status', ['waiting', 'enrolled', 'duplicate', 'failed']);

export const importRows = pgTable(
  'import_rows',
  {
    importId: bigint('import_id', { mode: 'number' })
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    /** Position of the row in the imported list, from 1. */
    row: integer('row').notNull(),
    /** An http(s) URL or the name of an uploaded picture. `erased` once its sample or person is erased. */
    source: text('source').notNull(),
    /** Host and port of an http(s) source, lower case. */
    host: text('host').generatedAlwaysAs(sql`substring(lower(source) from '^https?://([^/?#]*)')`),
    /** An uploaded picture, stored until it is enrolled. */
    picture: bytea('picture'),
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
    /** Names of the groups its person is added to. */
    groups: text('groups').array().notNull().default(sql`'{}'`),
    status: importRowStatus('status').notNull().default('waiting'),
    faceId: bigint('face_id', { mode: 'number' }),
    errorType: integer('error_type'),
    errorMessage: text('error_message'),
    /** The caller's decision about the picture; null: none. */
    choice: jsonb('choice').$type<RowChoice>(),
    /** Of a failed row whose face shows another person: the sample of its person that it was compared with. */
    differsFrom: bigint('differs_from', { mode: 'number' }),
    /** Of an enrolled row whose face matches another person: that person's nearest sample. */
    looksLike: bigint('looks_like', { mode: 'number' }),
    finishedAt: instant('finished_at'),
    /** The run that works on a waiting row. After `claimedUntil` the row is free again, in case that run is gone. */
    claimedBy: uuid('claimed_by'),
    claimedUntil: instant('claimed_until'),
    /** Number of claims of a waiting row without an outcome, including the current one. */
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.row] }),
    index('import_rows_status').on(table.importId, table.status, table.row),
    // For erasing a sample or a person.
    index('import_rows_face_id').on(table.faceId).where(sql`face_id is not null`),
    index('import_rows_user_id').on(sql`btrim(attributes ->> 'user_id')`).where(sql`status in ('waiting', 'failed')`),
    index('import_rows_user_name')
      .on(sql`btrim(attributes ->> 'user_name')`)
      .where(sql`status in ('waiting', 'failed')`),
    index('import_rows_claimed_by').on(table.claimedBy).where(sql`claimed_by is not null`),
  ],
);

export type ImportRow = typeof importRows.$inferSelect;
