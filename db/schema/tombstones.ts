import { bigint, pgTable } from 'drizzle-orm/pg-core';

/** A deleted sample, so that readers of the feed forget it. Kept for ever (docs/decisions/0007): it says nothing about anyone. */
export const tombstones = pgTable('tombstones', {
  faceId: bigint('face_id', { mode: 'number' }).primaryKey(),
  /** The number of the deletion in the feed. */
  updatedAt: bigint('updated_at', { mode: 'number' }).notNull().unique(),
});
