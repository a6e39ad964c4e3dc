import { type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people } from '@/db/schema';
import { SCAN_LIMIT } from '@/lib/server/lists/words';

export interface SearchPeopleOptions {
  /** The words looked for in the name and the external id. */
  query: SQL;
  /** What else the people must be. */
  filter: SQL | undefined;
  /** The list's order. */
  sort: SQL[];
  /** Ids at most. */
  limit: number;
}

/** The first people, in the list's order, that words are found in; by two queries for the reason that `searchSamples` gives. */
export async function searchPeople(db: Database, options: SearchPeopleOptions): Promise<number[]> {
  const { query, limit } = options;
  const filter = options.filter ?? sql`true`;
  const sort = sql.join(options.sort, sql`, `);
  const found = async (rows: SQL) => {
    const ids = await queryRows<{ id: number | string }>(
      db,
      sql`with people as materialized (${rows}) select id from people order by ${sort} limit ${limit}`,
    );
    return ids.map(({ id }) => Number(id));
  };
  const early = await found(
    sql`select id, name from (select * from ${people} where ${filter} order by ${sort} limit ${SCAN_LIMIT}) as people
        where ${people.words} @@ ${query}`,
  );
  if (early.length === limit) return early;
  return found(sql`select id, name from ${people} where ${filter} and ${people.words} @@ ${query}`);
}
