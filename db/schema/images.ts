import { bigint, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea } from './columns';
import { samples } from './samples';

/** `crop`: the face alone, for the console. `original`: the whole picture as it came. */
export const imageKind = pgEnum('image_kind', ['crop', 'original']);

/** The pictures kept with a sample, as STORE_IMAGES says. */
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
