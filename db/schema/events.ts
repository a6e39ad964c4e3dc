import { sql } from 'drizzle-orm';
import { bigint, boolean, doublePrecision, index, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { devices } from './devices';
import { people } from './people';

/** `off`: not asked for. `passed`, `failed`: what the device's check said. */
export const liveness = pgEnum('liveness', ['off', 'passed', 'failed']);

/** Somebody a face may be, by their nearest sample. The person is looked up when it is shown, so that no id outlives them. */
export interface StoredCandidate {
  faceId: number;
  /** 0–100. */
  trust: number;
  /** Normalised; null when the device did not say. */
  distance: number | null;
}

/** A recognition made on a device: known (with a face) or unknown (without). */
export const events = pgTable(
  'events',
  {
    /** Made on the device, so that sending twice keeps one. */
    id: uuid('id').primaryKey(),
    /** Null when it was sent with an API key. */
    deviceId: bigint('device_id', { mode: 'number' }).references(() => devices.id, { onDelete: 'set null' }),
    /** Name of the camera, where the sender has several and is no device. */
    source: text('source'),
    /** When it was seen, by the device's clock set right by the server's. */
    at: instant('at').notNull(),
    /** What the device's clock said. */
    deviceAt: instant('device_at').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    /** `at` was bounded: the device's clock said a time after receipt, or before the device existed. */
    clock: boolean('clock').notNull().default(false),
    /** The sample that matched; it may be gone since. */
    faceId: bigint('face_id', { mode: 'number' }),
    /** Erasing a person erases their recognitions. */
    personId: bigint('person_id', { mode: 'number' }).references(() => people.id, { onDelete: 'cascade' }),
    /** 0–100. */
    trust: doublePrecision('trust').notNull(),
    liveness: liveness('liveness').notNull(),
    /** Who it may have been, nearest first; empty when the device did not say. */
    candidates: jsonb('candidates').$type<StoredCandidate[]>().notNull().default([]),
    /** Somebody changed whom it shows. `event_corrections` has what it was. */
    corrected: boolean('corrected').notNull().default(false),
  },
  (table) => [
    index('events_at').on(table.at, table.id),
    index('events_person').on(table.personId, table.at),
    index('events_device').on(table.deviceId, table.at),
    // Each event is in one of the two: the list and the counts of known or unknown faces, however rare either is.
    index('events_known').on(table.at, table.id).where(sql`face_id is not null or person_id is not null`),
    index('events_unknown').on(table.at, table.id).where(sql`face_id is null and person_id is null`),
    index('events_corrected').on(table.at, table.id).where(sql`corrected`),
  ],
);

export type RecordedEvent = typeof events.$inferSelect;
