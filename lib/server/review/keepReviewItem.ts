import { and, eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { reviewDecisions } from '@/db/schema';
import type { ReviewKind } from '@/lib/shared/contract/review';

/** Marks an item of the review as left unchanged, or (`keep: false`) shows it again. */
export async function keepReviewItem(
  db: Database,
  { kind, subject, keep }: { kind: ReviewKind; subject: string; keep: boolean },
): Promise<void> {
  if (keep) await db.insert(reviewDecisions).values({ kind, subject }).onConflictDoNothing();
  else
    await db.delete(reviewDecisions).where(and(eq(reviewDecisions.kind, kind), eq(reviewDecisions.subject, subject)));
}
