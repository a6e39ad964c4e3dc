import { and, eq, isNull } from 'drizzle-orm';
import { groups } from '@/db/schema';
import { groupKey, groupName } from '@/lib/shared/text/groupKey';
import type { RecordOf } from '@/lib/shared/transfer/format';
import { type ImportStep, instant } from './run';

/** Imports groups by name. An existing group stays unchanged, but gets a colour and a note if it has none. */
export async function importGroups(
  { tx, own, report }: ImportStep,
  records: readonly RecordOf<'group'>[],
): Promise<void> {
  for (const { name, colour, note, created_at, updated_at } of records) {
    const key = groupKey(name);
    const createdAt = instant(created_at ?? 'now');
    const [added] = await tx
      .insert(groups)
      .values({
        name: groupName(name),
        key,
        colour,
        note,
        createdAt,
        updatedAt: updated_at ? instant(updated_at) : createdAt,
      })
      .onConflictDoNothing()
      .returning({ id: groups.id });
    if (added) {
      report.groups.added++;
      continue;
    }
    report.groups.present++;
    if (own) continue;
    if (colour !== null)
      await tx
        .update(groups)
        .set({ colour })
        .where(and(eq(groups.key, key), isNull(groups.colour)));
    if (note !== null)
      await tx
        .update(groups)
        .set({ note })
        .where(and(eq(groups.key, key), isNull(groups.note)));
  }
}
