import { bigint, pgTable } from 'drizzle-orm/pg-core';

/**
 * A deleted sample, so that readers of the feed delete it. Stored for ever (docs/decisions/0007), because it contains
 * no personal data.
 */
export const tombstones = pgTable('tombstones', {
  faceId: bigint('face_id', { mode: 'number' }).primaryKey(),
  /** The feed number of the deletion. */
  updatedAt: bigint('updated_at', { mode: 'number' }).notNull().unique(),
});
