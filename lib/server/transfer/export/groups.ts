import { asc, eq, inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { groups, personGroups } from '@/db/schema';
import type { RecordOf } from '@/lib/shared/transfer/format';
import { groupBy } from '@/lib/shared/util/groupBy';
import { utc } from './pages';

/** Yields groups, including those without people. */
export async function* groupLines(tx: Database): AsyncGenerator<RecordOf<'group'>> {
  const rows = await tx
    .select({
      name: groups.name,
      colour: groups.colour,
      note: groups.note,
      created_at: utc(groups.createdAt),
      updated_at: utc(groups.updatedAt),
    })
    .from(groups)
    .orderBy(asc(groups.id));
  for (const row of rows) yield { type: 'group', ...row };
}

/** Returns the sorted names of each person's groups. People without groups are missing. */
export async function groupsOfPeople(tx: Database, personIds: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await tx
    .select({ personId: personGroups.personId, name: groups.name })
    .from(personGroups)
    .innerJoin(groups, eq(groups.id, personGroups.groupId))
    .where(inArray(personGroups.personId, [...personIds]))
    .orderBy(asc(groups.key));
  const byPerson = groupBy(rows, ({ personId }) => personId);
  return new Map([...byPerson].map(([personId, of]) => [personId, of.map(({ name }) => name)]));
}
