import { and, count, eq, inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { inBatches } from '@/db/inBatches';
import { type ImageKind, images } from '@/db/schema';

/** Maximum number of pictures per statement. PostgreSQL stores each large value in many rows. */
const BATCH = 1_000;

/** Returns the number of stored pictures of each kind. */
export async function countKeptImages(db: Database): Promise<Record<ImageKind, number>> {
  const rows = await db.select({ kind: images.kind, count: count() }).from(images).groupBy(images.kind);
  const of = (kind: ImageKind) => rows.find((row) => row.kind === kind)?.count ?? 0;
  return { crop: of('crop'), original: of('original') };
}

/** Erases all stored pictures of one kind. The samples stay. Returns how many were erased. */
export function eraseKeptImages(db: Database, kind: ImageKind): Promise<number> {
  return inBatches(async (limit) => {
    const some = db.select({ sampleId: images.sampleId }).from(images).where(eq(images.kind, kind)).limit(limit);
    const gone = await db
      .delete(images)
      .where(and(eq(images.kind, kind), inArray(images.sampleId, some)))
      .returning({ sampleId: images.sampleId });
    return gone.length;
  }, BATCH);
}
