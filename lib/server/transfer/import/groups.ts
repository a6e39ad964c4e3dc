import { and, eq, isNull } from 'drizzle-orm';
import { groups } from '@/db/schema';
import { makeMissing } from '@/lib/server/people/groups/groupsNamed';
import { joinGroups } from '@/lib/server/people/groups/membership';
import { groupKey, groupName } from '@/lib/shared/text/groupKey';
import type { RecordOf } from '@/lib/shared/transfer/format';
import { type ImportStep, instant } from './run';

/** Groups by name. One that is here stays as it is, and takes a colour and a note where it has none. */
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

/** Puts people of the file into the groups that it names, which are made where they are missing. */
export async function joinNamedGroups(
  { tx, numbers }: ImportStep,
  joining: readonly { personId: number; names: readonly string[] }[],
): Promise<void> {
  const named = joining.filter(({ names }) => names.length > 0);
  if (named.length === 0) return;
  const ids = await makeMissing(
    tx,
    named.flatMap(({ names }) => names),
  );
  const members = new Map<number, number[]>();
  for (const { personId, names } of named) {
    for (const name of names) {
      const groupId = ids.get(groupKey(name)) as number;
      members.set(groupId, [...(members.get(groupId) ?? []), personId]);
    }
  }
  for (const [groupId, personIds] of members) {
    await joinGroups(tx, numbers, { personIds, groupIds: [groupId] }, { noted: false });
  }
}
