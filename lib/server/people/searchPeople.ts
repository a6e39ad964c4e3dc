import { inArray, type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { groups as groupsTable, people } from '@/db/schema';
import { idArray, inGroups } from '@/lib/server/feed/inGroups';
import { SCAN_LIMIT } from '@/lib/server/lists/words';

export interface SearchPeopleOptions {
  /** Words to find in the name and the external id; null finds everybody. */
  query: SQL | null;
  /** Lists of group ids. Each person must be in at least one group of each list. */
  groups: readonly (readonly number[])[];
  /** A further condition. */
  filter: SQL | undefined;
  /** The order of the list. */
  sort: SQL[];
  /** Maximum number of ids. */
  limit: number;
}

/**
 * Returns the ids of the first people, in the list's order, who match the words and the groups. It takes up to two queries,
 * as `searchSamples` explains. A small group is read completely instead, because its people are far apart in the list.
 */
export async function searchPeople(db: Database, options: SearchPeopleOptions): Promise<number[]> {
  const { query, groups, limit } = options;
  const filter = options.filter ?? sql`true`;
  const sort = sql.join(options.sort, sql`, `);
  const found = async (rows: SQL) => {
    const ids = await queryRows<{ id: number | string }>(
      db,
      sql`with people as materialized (${rows}) select id from people order by ${sort} limit ${limit}`,
    );
    return ids.map(({ id }) => Number(id));
  };
  const worded = query === null ? sql`true` : sql`${people.words} @@ ${query}`;
  const matching = sql.join([worded, ...groups.map((ids) => inGroups(sql`people.id`, ids))], sql` and `);
  const small = await smallestOf(db, groups);
  if (small !== null) {
    return found(sql`select people.id, people.name from people join (
        select distinct person_id from person_groups where group_id = any(${idArray(small)}) offset 0
      ) as members on members.person_id = people.id
      where ${filter} and ${matching}`);
  }
  const early = await found(
    sql`select id, name from (select * from ${people} where ${filter} order by ${sort} limit ${SCAN_LIMIT}) as people
        where ${matching}`,
  );
  if (early.length === limit) return early;
  const all = sql`select id, name from ${people} where ${filter} and ${matching}`;
  // Words are found by their index. With an order, the planner would follow the order's index and read everybody.
  return found(query === null ? sql`${all} order by ${sort} limit ${limit}` : all);
}

/** Returns the list of groups with the fewest people; null if these are more than a search reads. */
async function smallestOf(db: Database, groups: SearchPeopleOptions['groups']): Promise<readonly number[] | null> {
  if (groups.length === 0) return null;
  const rows = await db
    .select({ id: groupsTable.id, people: groupsTable.people })
    .from(groupsTable)
    .where(inArray(groupsTable.id, groups.flat()));
  const sizes = new Map(rows.map(({ id, people }) => [id, people]));
  const sized = groups.map((ids) => ({ ids, size: ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0) }));
  const [smallest] = sized.sort((a, b) => a.size - b.size);
  return smallest && smallest.size <= SCAN_LIMIT ? smallest.ids : null;
}
