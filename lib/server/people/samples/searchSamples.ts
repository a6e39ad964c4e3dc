import { type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people, samples } from '@/db/schema';
import { SCAN_LIMIT } from '@/lib/server/lists/words';

export interface SearchSamplesOptions {
  /** Words to find in the attributes, or in the person's name and external id; null finds every sample. */
  words: SQL | null;
  /** The attribute to find. */
  attribute: SQL | undefined;
  /** A further condition. */
  filter: SQL | undefined;
  /** The order of the list. */
  sort: SQL[];
  /** Maximum number of ids. */
  limit: number;
}

/**
 * Returns the ids of the first samples, in the list's order, that match the words and the attribute.
 *
 * PostgreSQL cannot estimate how common a word prefix or an attribute is, and the wrong plan is a thousand times too slow.
 * So the first query reads only the first rows of the list, which is enough for common values. If it finds too few, the
 * second query reads all matches from the indexes, which are few for rare values.
 */
export async function searchSamples(db: Database, options: SearchSamplesOptions): Promise<number[]> {
  const { words, attribute = sql`true`, limit } = options;
  const filter = options.filter ?? sql`true`;
  const sort = sql.join(options.sort, sql`, `);
  // A subquery per row, because a join would read the whole table of people.
  const found =
    words === null
      ? attribute
      : sql`${attribute} and (${samples.words} @@ ${words} or (
            select ${people.words} @@ ${words} from ${people} where ${people.id} = ${samples.personId}))`;
  // Both queries name their rows `samples`, so that filter and order fit in and around them.
  const early = await queryRows<{ id: number | string }>(
    db,
    sql`select ${samples.id}
        from (select * from ${samples} where ${filter} order by ${sort} limit ${SCAN_LIMIT}) as samples
        where ${found} order by ${sort} limit ${limit}`,
  );
  if (early.length === limit) return early.map((row) => Number(row.id));
  // `offset 0` makes the planner look up samples person by person, instead of scanning all samples.
  const of = sql`select ${samples.id}, ${samples.score} from ${samples} where ${filter} and ${attribute}`;
  const hits =
    words === null
      ? of
      : sql`${of} and ${samples.words} @@ ${words}
            union
            select theirs.* from (select id from ${people} where ${people.words} @@ ${words}) as named
            cross join lateral (${of} and ${samples.personId} = named.id offset 0) as theirs`;
  const all = await queryRows<{ id: number | string }>(
    db,
    sql`with hits as materialized (${hits}) select ${samples.id} from hits as samples order by ${sort} limit ${limit}`,
  );
  return all.map((row) => Number(row.id));
}
