import { and, eq, isNotNull, lt, notExists, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { inBatches } from '@/db/inBatches';
import { importRows, imports } from '@/db/schema';
import { daysBefore } from '@/lib/shared/contract/days';
import { KEPT_DAYS } from '@/lib/shared/contract/imports';

/**
 * Deletes imports that ended long ago. Their rows and the pictures of failed rows may show people who were never enrolled,
 * whom erasing a person does not reach. Returns how many imports were deleted.
 */
export async function eraseOldImports(db: Database, now = new Date()): Promise<number> {
  const isOld = and(isNotNull(imports.finishedAt), lt(imports.finishedAt, daysBefore(now, KEPT_DAYS)));
  await inBatches(async (limit) => {
    const due = db
      .select({ place: sql`${importRows}.ctid` })
      .from(importRows)
      .innerJoin(imports, eq(imports.id, importRows.importId))
      .where(isOld)
      .limit(limit);
    return (await db.delete(importRows).where(sql`ctid in (${due})`).returning({ row: importRows.row })).length;
  });
  const rows = db.select({ row: importRows.row }).from(importRows).where(eq(importRows.importId, imports.id));
  const gone = await db
    .delete(imports)
    .where(and(isOld, notExists(rows)))
    .returning({ id: imports.id });
  return gone.length;
}
