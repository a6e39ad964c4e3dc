import { and, eq, isNotNull, lt, notExists, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { importRows, imports } from '@/db/schema';
import { KEPT_DAYS } from '@/lib/contract/imports';

/** Rows of one statement: a million at once must not hold the table for minutes. */
const BATCH = 5_000;
const DAY_MS = 86_400_000;

/**
 * Removes imports that were over long ago: what was in their lists, and the pictures of rows that failed, are about
 * people who may never have become known here, so that no erasing reaches them. Returns how many imports.
 */
export async function eraseOldImports(db: Database, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const isOld = and(isNotNull(imports.finishedAt), lt(imports.finishedAt, before));
  for (;;) {
    const due = db
      .select({ place: sql`${importRows}.ctid` })
      .from(importRows)
      .innerJoin(imports, eq(imports.id, importRows.importId))
      .where(isOld)
      .limit(BATCH);
    const gone = await db.delete(importRows).where(sql`ctid in (${due})`).returning({ row: importRows.row });
    if (gone.length < BATCH) break;
  }
  const rows = db.select({ row: importRows.row }).from(importRows).where(eq(importRows.importId, imports.id));
  const gone = await db
    .delete(imports)
    .where(and(isOld, notExists(rows)))
    .returning({ id: imports.id });
  return gone.length;
}
