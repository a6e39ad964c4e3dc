import { count, eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';

/** Gives all samples of a person new numbers in the feed, in their old order: something the feed says of them changed. */
export async function renumberSamples(tx: Database, numbers: FeedNumbers, personId: number): Promise<void> {
  const [counted] = await tx.select({ samples: count() }).from(samples).where(eq(samples.personId, personId));
  const [first] = numbers.take(counted?.samples ?? 0);
  if (first === undefined) return;
  await tx.execute(sql`
    update samples set updated_at = renumbered.number
    from (
      select id, ${first}::bigint - 1 + row_number() over (order by updated_at) as number
      from samples where person_id = ${personId}
    ) as renumbered
    where samples.id = renumbered.id`);
}
