import { count, inArray, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { idArray } from '@/lib/server/feed/inGroups';
import type { FeedNumbers } from '@/lib/server/feed/withFeed';

/**
 * Gives all samples of one or more people new feed numbers, in their old order, because something in their feed entries
 * changed.
 * @param options.left the people left a group, and readers limited to that group must forget them
 */
export async function renumberSamples(
  tx: Database,
  numbers: FeedNumbers,
  personIds: number | readonly number[],
  { left = false }: { left?: boolean } = {},
): Promise<void> {
  const ids = [personIds].flat();
  if (ids.length === 0) return;
  const [counted] = await tx.select({ samples: count() }).from(samples).where(inArray(samples.personId, ids));
  const [first] = numbers.take(counted?.samples ?? 0);
  if (first === undefined) return;
  await tx.execute(sql`
    update samples set updated_at = renumbered.number${left ? sql`, left_at = renumbered.number` : sql``}
    from (
      select id, ${first}::bigint - 1 + row_number() over (order by updated_at) as number
      from samples where person_id = any(${idArray(ids)})
    ) as renumbered
    where samples.id = renumbered.id`);
}
