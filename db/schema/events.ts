import { sql } from 'drizzle-orm';
import { bigint, boolean, doublePrecision, index, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { devices } from './devices';
import { people } from './people';

/** `off`: not checked. `passed`, `failed`: the result of the device's check. */
export const liveness = pgEnum('liveness', ['off', 'passed', 'failed']);

/**
 * A possible person of a face, by the nearest sample. The person is looked up for display, so that no id outlives them.
 */
export interface StoredCandidate {
  faceId: number;
  /** 0–100. */
  trust: number;
  /** Normalised; null if the device did not send it. */
  distance: number | null;
}

/** A recognition made by a device: known (with a face) or unknown (without). */
export const events = pgTable(
  'events',
  {
    /** Made by the device, so that an event that is sent twice is stored once. */
    id: uuid('id').primaryKey(),
    /** Null if it was sent with an API key. */
    deviceId: bigint('device_id', { mode: 'number' }).references(() => devices.id, { onDelete: 'set null' }),
    /** Name of the camera, if the sender has several and is not a device. */
    source: text('source'),
    /** Time of the recognition, by the device's clock, corrected by the server's. */
    at: instant('at').notNull(),
    /** Time by the device's clock. */
    deviceAt: instant('device_at').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    /**
     * Whether `at` was limited, because the device's clock was later than receipt, or earlier than the device's
     * creation.
     */
    clock: boolean('clock').notNull().default(false),
    /** The sample that matched. It may have been deleted since. */
    faceId: bigint('face_id', { mode: 'number' }),
    /** Erasing a person also erases their recognitions. */
    personId: bigint('person_id', { mode: 'number' }).references(() => people.id, { onDelete: 'cascade' }),
    /** 0–100. */
    trust: doublePrecision('trust').notNull(),
    liveness: liveness('liveness').notNull(),
    /** Possible people, nearest first; empty if the device sent none. */
    candidates: jsonb('candidates').$type<StoredCandidate[]>().notNull().default([]),
    /** Whether somebody changed whom it shows. `event_corrections` has the previous values. */
    corrected: boolean('corrected').notNull().default(false),
  },
  (table) => [
    index('events_at').on(table.at, table.id),
    index('events_person').on(table.personId, table.at),
    index('events_device').on(table.deviceId, table.at),
    // Each event is in one of the two indexes. They serve the list and the counts of known or unknown faces, however
    // rare either is.
    index('events_known').on(table.at, table.id).where(sql`face_id is not null or person_id is not null`),
    index('events_unknown').on(table.at, table.id).where(sql`face_id is null and person_id is null`),
    index('events_corrected').on(table.at, table.id).where(sql`corrected`),
  ],
);

export type RecordedEvent = typeof events.$inferSelect;
