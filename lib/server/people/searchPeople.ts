import { inArray, type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { groups as groupsTable, people } from '@/db/schema';
import { idArray, inGroups } from '@/lib/server/feed/inGroups';
import { SCAN_LIMIT } from '@/lib/server/lists/words';

export interface SearchPeopleOptions {
  /** The words looked for in the name and the external id; null finds everybody. */
  query: SQL | null;
  /** Lists of groups: the people are in at least one group of each. */
  groups: readonly (readonly number[])[];
  /** What else the people must be. */
  filter: SQL | undefined;
  /** The list's order. */
  sort: SQL[];
  /** Ids at most. */
  limit: number;
}

/**
 * The first people, in the list's order, that words are found in and who are in groups; by two queries for the reason that
 * `searchSamples` gives. A group that is small is read as a whole instead, because all others are far apart in any list.
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
  // Words are found by their index. Told of an order, the planner would follow that one's index and look at everybody.
  return found(query === null ? sql`${all} order by ${sort} limit ${limit}` : all);
}

/** The list of groups that has the fewest people, where these are fewer than a search looks through; else null. */
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
