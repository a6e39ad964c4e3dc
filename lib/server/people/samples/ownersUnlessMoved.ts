import { inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples, type UniqueArgs } from '@/db/schema';
import { peopleNamed } from '@/lib/server/people/personOf';

/** A sample that is sent again, and the person that it is sent for. */
export interface SentAgain {
  faceId: number;
  uniqueArgs: UniqueArgs;
  /** Takes precedence over the attributes. */
  personId?: number | undefined;
}

/**
 * Returns the owners of samples that are sent again, in the same order; null: unassigned. Returns `moved` for a sample that
 * was moved by hand to another person than it is sent for. What the caller asks for, such as groups, is not meant for that
 * person.
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
  // The people are only looked up for moved samples, which are rare.
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
