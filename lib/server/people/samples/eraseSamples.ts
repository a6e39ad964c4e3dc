import type { SQL } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples, tombstones } from '@/db/schema';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';
import { forgetRowsOfSamples } from '@/lib/server/people/forgetRows';

/** Maximum number of tombstones per statement, which holds up to 65,535 parameters. */
const TOMBSTONES_AT_ONCE = 10_000;

/**
 * Deletes the samples that match `which`, with their pictures, and empties their import rows. Leaves tombstones. Runs inside
 * a write. Returns the ids, ascending.
 */
export async function eraseSamples(tx: Database, numbers: FeedNumbers, which: SQL): Promise<number[]> {
  const gone = await tx.delete(samples).where(which).returning({ faceId: samples.id });
  const faceIds = gone.map(({ faceId }) => faceId).sort((a, b) => a - b);
  for (let start = 0; start < faceIds.length; start += TOMBSTONES_AT_ONCE) {
    const some = faceIds.slice(start, start + TOMBSTONES_AT_ONCE);
    const updatedAt = numbers.take(some.length);
    await tx.insert(tombstones).values(some.map((faceId, index) => ({ faceId, updatedAt: updatedAt[index] ?? 0 })));
  }
  await forgetRowsOfSamples(tx, faceIds);
  return faceIds;
}
