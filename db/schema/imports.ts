import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant } from './columns';
import type { StoredPosition } from './samples';
import { users } from './users';

export const importStatus = pgEnum('import_status', ['running', 'paused', 'cancelled', 'done']);

/** Enrolment of many pictures in the background. What is left to do is in its rows, so a restart loses nothing. */
export const imports = pgTable('imports', {
  id: id(),
  name: text('name').notNull(),
  status: importStatus('status').notNull().default('running'),
  createdBy: bigint('created_by', { mode: 'number' }).references(() => users.id, { onDelete: 'set null' }),
  createdAt: instant('created_at').notNull().defaultNow(),
  finishedAt: instant('finished_at'),
  /** Working time in milliseconds, pauses and downtime left out; the rate is told from it. */
  workedMs: bigint('worked_ms', { mode: 'number' }).notNull().default(0),
  /** Up to when `workedMs` counts: of several servers at work, one counts each moment. */
  workedAt: instant('worked_at'),
});

export type Import = typeof imports.$inferSelect;

/** What a caller decided about a row. */
export interface RowChoice {
  /** Which of several faces. */
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
    /** The row's place in what was imported, from 1. */
    row: integer('row').notNull(),
    /** http(s) or the name of an uploaded picture; `erased` once its sample or person is. */
    source: text('source').notNull(),
    /** Host and port of an http(s) source, lower case. */
    host: text('host').generatedAlwaysAs(sql`substring(lower(source) from '^https?://([^/?#]*)')`),
    /** An uploaded picture, until it is enrolled. */
    picture: bytea('picture'),
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
    /** Names of the groups its person is added to. */
    groups: text('groups').array().notNull().default(sql`'{}'`),
    status: importRowStatus('status').notNull().default('waiting'),
    faceId: bigint('face_id', { mode: 'number' }),
    errorType: integer('error_type'),
    errorMessage: text('error_message'),
    /** What the caller decided about the picture; null: nothing. */
    choice: jsonb('choice').$type<RowChoice>(),
    /** The sample of its person that a failed row's face was compared with, when it shows somebody else. */
    differsFrom: bigint('differs_from', { mode: 'number' }),
    /** The nearest sample of somebody else, when an enrolled row's face matches it. */
    looksLike: bigint('looks_like', { mode: 'number' }),
    finishedAt: instant('finished_at'),
    /** The server's run that works on a waiting row; the row is free again after `claimedUntil`, should that run be gone. */
    claimedBy: uuid('claimed_by'),
    claimedUntil: instant('claimed_until'),
    /** Claims of a waiting row that have not ended with an outcome, the present one among them. */
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.row] }),
    index('import_rows_status').on(table.importId, table.status, table.row),
    // What erasing a sample or a person looks for.
    index('import_rows_face_id').on(table.faceId).where(sql`face_id is not null`),
    index('import_rows_user_id').on(sql`btrim(attributes ->> 'user_id')`).where(sql`status in ('waiting', 'failed')`),
    index('import_rows_user_name')
      .on(sql`btrim(attributes ->> 'user_name')`)
      .where(sql`status in ('waiting', 'failed')`),
    index('import_rows_claimed_by').on(table.claimedBy).where(sql`claimed_by is not null`),
  ],
);

export type ImportRow = typeof importRows.$inferSelect;
