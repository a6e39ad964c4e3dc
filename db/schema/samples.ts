import { sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, doublePrecision, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, id, instant, words } from './columns';
import { people } from './people';

/** A box in whole pixels of the picture. */
export interface StoredPosition {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** How well the face was visible. */
export interface StoredQuality {
  score: number;
  size: number;
  sharpness: number;
  presence: number;
  pose: { yaw: number; pitch: number; roll: number };
}

/** Any data that the caller stores with a sample. */
export type UniqueArgs = Record<string, unknown>;

/** 0, 1 or 2: a score below 0.25, below 0.5, or 0.5 and above, as `QUALITY_RANGE` divides them. */
export const scoreBand = (table: { score: AnyPgColumn }) =>
  sql<number>`width_bucket(${table.score}, '{0.25,0.5}'::double precision[])`;

/** A face sample: an encoding, and its origin. */
export const samples = pgTable(
  'samples',
  {
    /** `face_id`. */
    id: id(),
    personId: bigint('person_id', { mode: 'number' }).references(() => people.id),
    /** 128 little-endian float32: 512 bytes. */
    encoding: bytea('encoding').notNull(),
    /** The model that made the encoding. Encodings of different models are never compared. */
    model: text('model').notNull(),
    uniqueArgs: jsonb('unique_args').$type<UniqueArgs>().notNull().default({}),
    /** Words of the attributes' values. */
    words: words('words').notNull().default(sql`''`),
    position: jsonb('position').$type<StoredPosition>().notNull(),
    quality: jsonb('quality').$type<StoredQuality>().notNull(),
    /** `quality.score`, to sort by. */
    score: doublePrecision('score').notNull().generatedAlwaysAs(sql`(quality ->> 'score')::double precision`),
    /** The http(s) URL of the picture; never a `data:` URL. */
    sourceUrl: text('source_url'),
    /** SHA-256 of the picture's bytes, in hex. */
    imageHash: text('image_hash'),
    /**
     * The attributes as they were sent, if they were changed later to the person's current name. If they are sent
     * again, nothing is added and nobody is renamed. Null: the same as `unique_args`. For comparison only; no answer
     * contains it.
     */
    sentArgs: jsonb('sent_args').$type<UniqueArgs>(),
    /**
     * The person it was sent for, if it was moved later. If the same picture is sent for that person again, nothing is
     * added.
     */
    sentFor: bigint('sent_for', { mode: 'number' }).references(() => people.id, { onDelete: 'set null' }),
    /** Credentials that added it, such as `device:3` or `key:12`; null: unknown, as in rows from before this column. */
    addedBy: text('added_by'),
    /** The feed number of its last write. */
    updatedAt: bigint('updated_at', { mode: 'number' }).notNull().unique(),
    /**
     * The feed number of the last write that removed it from a group; null: none. If this number is new to a reader
     * limited to groups, the reader is told to delete the sample (lib/server/feed/readFeed.ts).
     */
    leftAt: bigint('left_at', { mode: 'number' }),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('samples_person_id').on(table.personId, table.id),
    index('samples_sent_for').on(table.sentFor).where(sql`sent_for is not null`),
    index('samples_score').on(table.score, table.id),
    index('samples_band').on(scoreBand(table), table.id),
    index('samples_attributes').using('gin', sql`${table.uniqueArgs} jsonb_path_ops`),
    index('samples_words').using('gin', table.words),
    index('samples_image_hash').on(table.imageHash),
    index('samples_left').on(table.updatedAt).where(sql`left_at is not null`),
    // Hashed, because a URL may be longer than an entry of a B-tree.
    index('samples_source_url').using('hash', table.sourceUrl),
  ],
);

export type Sample = typeof samples.$inferSelect;
export type NewSample = typeof samples.$inferInsert;
