import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples, type UniqueArgs } from '@/db/schema';
import { peopleNamed } from '@/lib/server/people/personOf';

/** A sample that is sent again, and whom it is said to be of now. */
export interface SentAgain {
  faceId: number;
  uniqueArgs: UniqueArgs;
  /** Decides over the attributes. */
  personId?: number | undefined;
}

/**
 * Whose samples are that are sent again, in their order; null: nobody's. `moved` for one that was moved by hand, and is
 * not theirs whom it is sent for: what is asked for that person is not meant for whoever has the sample now.
 */
export async function ownersUnlessMoved(
  tx: Database,
  sent: readonly SentAgain[],
): Promise<(number | null | 'moved')[]> {
  if (sent.length === 0) return [];
  const rows = await tx
    .select({ id: samples.id, personId: samples.personId, sentFor: samples.sentFor })
    .from(samples)
    .where(
      inArray(
        samples.id,
        sent.map(({ faceId }) => faceId),
      ),
    );
  const byId = new Map(rows.map((row) => [row.id, row]));
  // Samples are rarely moved: the people are only looked up for those that were.
  const moved = sent.filter(({ faceId }) => (byId.get(faceId)?.sentFor ?? null) !== null);
  const named = await peopleNamed(
    tx,
    moved.map(({ uniqueArgs }) => uniqueArgs),
  );
  const meant = new Map(moved.map((one, nth) => [one, one.personId ?? named[nth]?.id ?? null]));
  return sent.map((one) => {
    const owner = byId.get(one.faceId)?.personId ?? null;
    return meant.has(one) && owner !== meant.get(one) ? 'moved' : owner;
  });
}
