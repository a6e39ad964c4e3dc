import { type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people, samples } from '@/db/schema';

/** Rows looked through in the list's own order before an index of words is asked. */
const LOOKED_THROUGH = 2_000;

export interface SearchSamplesOptions {
  /** The words looked for, in the attributes or in the person's name and external id. */
  query: SQL;
  /** What else the samples must be. */
  filter: SQL | undefined;
  /** The list's order. */
  sort: SQL[];
  /** Ids at most. */
  limit: number;
}

/**
 * The first samples, in the list's order, that words are found in.
 *
 * PostgreSQL cannot tell how common the beginning of a word is, and either of its plans is a thousand times too slow
 * for the wrong word: so the first rows of the list are looked through, which is enough for common words, and only
 * then the indexes of words are asked for all there is, which is little for rare ones.
 */
export async function searchSamples(db: Database, options: SearchSamplesOptions): Promise<number[]> {
  const { query, limit } = options;
  const filter = options.filter ?? sql`true`;
  const sort = sql.join(options.sort, sql`, `);
  // Both queries name their rows `samples`, so that filter and order fit in and around them.
  const early = await queryRows<{ id: number | string }>(
    db,
    sql`select ${samples.id}
        from (select * from ${samples} where ${filter} order by ${sort} limit ${LOOKED_THROUGH}) as samples
        left join ${people} on ${people.id} = ${samples.personId}
        where ${samples.words} @@ ${query} or ${people.words} @@ ${query}
        order by ${sort} limit ${limit}`,
  );
  if (early.length === limit) return early.map((row) => Number(row.id));
  const all = await queryRows<{ id: number | string }>(
    db,
    sql`with hits as materialized (
          select ${samples.id}, ${samples.score} from ${samples} where ${filter} and ${samples.words} @@ ${query}
          union
          select ${samples.id}, ${samples.score}
          from ${people} join ${samples} on ${samples.personId} = ${people.id}
          where ${filter} and ${people.words} @@ ${query}
        )
        select ${samples.id} from hits as samples order by ${sort} limit ${limit}`,
  );
  return all.map((row) => Number(row.id));
}
