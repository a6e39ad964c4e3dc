import { and, count, eq, inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type ImageKind, images } from '@/db/schema';

/** Pictures of one statement: a million at once must not hold the table for minutes. */
const BATCH = 1_000;

/** How many pictures of each kind are kept. */
export async function countKeptImages(db: Database): Promise<Record<ImageKind, number>> {
  const rows = await db.select({ kind: images.kind, count: count() }).from(images).groupBy(images.kind);
  const of = (kind: ImageKind) => rows.find((row) => row.kind === kind)?.count ?? 0;
  return { crop: of('crop'), original: of('original') };
}

/** Erases all kept pictures of one kind; the samples stay. Returns how many. */
export async function eraseKeptImages(db: Database, kind: ImageKind): Promise<number> {
  let erased = 0;
  for (;;) {
    const some = await db.select({ sampleId: images.sampleId }).from(images).where(eq(images.kind, kind)).limit(BATCH);
    if (some.length === 0) return erased;
    const ids = some.map(({ sampleId }) => sampleId);
    const gone = await db
      .delete(images)
      .where(and(eq(images.kind, kind), inArray(images.sampleId, ids)))
      .returning({ sampleId: images.sampleId });
    erased += gone.length;
  }
}
