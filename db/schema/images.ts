import { bigint, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea } from './columns';
import { samples } from './samples';

/** `crop`: the face only, for the console. `original`: the whole picture, unchanged. */
export const imageKind = pgEnum('image_kind', ['crop', 'original']);

/** The pictures stored with a sample, depending on STORE_IMAGES. */
export const images = pgTable(
  'images',
  {
    sampleId: bigint('sample_id', { mode: 'number' })
      .notNull()
      .references(() => samples.id, { onDelete: 'cascade' }),
    kind: imageKind('kind').notNull(),
    mime: text('mime').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sampleId, table.kind] })],
);

export type Image = typeof images.$inferSelect;
export type ImageKind = Image['kind'];
